package dev.culvert.offload;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A frame of which some fragments are there; a place that frames use one after the other. All fragments of a frame but
 * the last have the same size, which tells where each belongs, so they cannot overlap. A last one that comes first waits
 * at the very end of the buffer, where no other can be.
 */
final class PendingFrame {
    private static final int NONE = -1;

    private final ByteBuf buffer;
    private final int room;
    private final int maxFrameBytes;
    /** A bit a position. */
    private final long[] seen = new long[4];

    private boolean used;
    private int id;
    private int number;
    private long deadlineNanos;
    private int count;
    private int chunkBytes;
    private int highest;
    private int last;
    private int lastBytes;

    /** Owns {@code buffer}, which has {@code room} bytes in front of those for the frame. */
    PendingFrame(ByteBuf buffer, int room, int maxFrameBytes) {
        this.buffer = buffer;
        this.room = room;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** {@code itsNumber} counts the frames begun. */
    void begin(int frameId, int itsNumber, long itsDeadlineNanos) {
        used = true;
        id = frameId;
        number = itsNumber;
        deadlineNanos = itsDeadlineNanos;
        count = 0;
        chunkBytes = 0;
        highest = NONE;
        last = NONE;
        lastBytes = 0;
        Arrays.fill(seen, 0);
    }

    boolean isUsed() {
        return used;
    }

    boolean isOf(int frameId) {
        return used && id == frameId;
    }

    int number() {
        return number;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Fragments held. */
    int count() {
        return count;
    }

    void end() {
        used = false;
    }

    FragmentVerdict add(int position, boolean isLast, ByteBuf source, int index, int length) {
        if ((seen[position >>> 6] & 1L << position) != 0) {
            return FragmentVerdict.DUPLICATE;
        }
        if (!(isLast ? canBeLast(position, length) : canBeInner(position, length))) {
            return FragmentVerdict.INCONSISTENT;
        }
        seen[position >>> 6] |= 1L << position;
        count++;
        highest = Math.max(highest, position);
        if (isLast) {
            last = position;
            lastBytes = length;
            buffer.setBytes(lastIndex(), source, index, length);
        } else {
            chunkBytes = length;
            buffer.setBytes(room + position * length, source, index, length);
        }
        return count == last + 1 ? complete() : FragmentVerdict.HELD;
    }

    private boolean canBeInner(int position, int length) {
        if (last == NONE) {
            return (chunkBytes == 0 || length == chunkBytes) && (position + 1) * length <= maxFrameBytes;
        }
        return position < last
                && (chunkBytes == 0 || length == chunkBytes)
                && length >= lastBytes
                && last * length + lastBytes <= maxFrameBytes;
    }

    private boolean canBeLast(int position, int length) {
        return last == NONE
                && position > highest
                && (chunkBytes == 0 || length <= chunkBytes)
                && position * chunkBytes + length <= maxFrameBytes;
    }

    private FragmentVerdict complete() {
        int belongs = room + last * chunkBytes;
        if (belongs != lastIndex()) {
            buffer.setBytes(belongs, buffer, lastIndex(), lastBytes);
        }
        return FragmentVerdict.COMPLETE;
    }

    private int lastIndex() {
        return room + maxFrameBytes - lastBytes;
    }

    /** Of a complete frame. */
    int frameLength() {
        return last * chunkBytes + lastBytes;
    }

    ByteBuf buffer() {
        return buffer;
    }
}
