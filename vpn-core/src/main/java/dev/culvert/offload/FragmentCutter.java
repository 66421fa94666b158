package dev.culvert.offload;

import dev.culvert.wire.FragmentHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Cuts a frame that does not fit the path into fragments of nearly equal size. As in {@link FrameSplitter} nothing is
 * moved: a fragment's header is written in front of its bytes, over the end of the fragment before, which must be done
 * with (sealed) when {@link #next} is called. What was written over is put back, so the frame is whole again in the end.
 */
public final class FragmentCutter {
    private final int idStep;
    private final int leastId;
    private int nextId;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int chunkBytes;
    private int chunkIndex;
    private int endIndex;
    private int position;
    private int frameId;
    /** What stood where the header of the fragment stands. */
    private int covered;

    private int fragmentIndex;
    private int fragmentLength;

    /** A lane's numbers are its own: lane i of n counts i, i + n, i + 2n, so that no two give a peer the same. */
    public FragmentCutter(int firstId, int idStep) {
        this.nextId = firstId & FragmentHeader.MAX_FRAME_ID;
        this.idStep = idStep;
        this.leastId = nextId % idStep;
    }

    /**
     * Begins with a frame whose checksums are complete, and {@link FragmentHeader#BYTES} of room in front of it.
     * Borrows the buffer until {@link #next} has answered false.
     *
     * @param maxPayloadBytes the longest payload of a transport message that fits the path
     * @return false when the frame would make more fragments than can be told apart
     */
    public boolean tryBegin(ByteBuf buffer, int index, int length, int maxPayloadBytes) {
        int room = maxPayloadBytes - FragmentHeader.BYTES;
        if (room <= 0 || Math.ceilDiv(length, room) > FragmentHeader.MAX_FRAGMENTS) {
            return false;
        }
        this.buffer = buffer;
        chunkBytes = Math.ceilDiv(length, Math.ceilDiv(length, room));
        chunkIndex = index;
        endIndex = index + length;
        position = 0;
        frameId = nextId;
        nextId += idStep;
        if (nextId > FragmentHeader.MAX_FRAME_ID) {
            nextId =
                    leastId; // a mere wrap would lead into another lane's numbers where 2^16 is no multiple of the step
        }
        return true;
    }

    /** Prepares the next fragment and answers true, or answers false when there is none. */
    public boolean next() {
        if (position > 0) {
            buffer.setInt(fragmentIndex, covered);
        }
        if (chunkIndex == endIndex) {
            buffer = Unpooled.EMPTY_BUFFER;
            position = 0;
            return false;
        }
        int bytes = Math.min(chunkBytes, endIndex - chunkIndex);
        fragmentIndex = chunkIndex - FragmentHeader.BYTES;
        fragmentLength = FragmentHeader.BYTES + bytes;
        chunkIndex += bytes;
        covered = buffer.getInt(fragmentIndex);
        FragmentHeader.write(buffer, fragmentIndex, position, chunkIndex == endIndex, frameId);
        position++;
        return true;
    }

    /** Where the payload that {@link #next} prepared begins. */
    public int fragmentIndex() {
        return fragmentIndex;
    }

    public int fragmentLength() {
        return fragmentLength;
    }
}
