package dev.culvert.offload;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.wire.FragmentHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of one peer together from fragments. What it holds is bounded: {@value #MAX_FRAMES} frames, each for
 * {@link #PATIENCE}; a new one beyond takes the place of the oldest. Buffers are made when first needed, kept, and given
 * back by {@link #close}.
 */
public final class Reassembly implements AutoCloseable {
    static final int MAX_FRAMES = 16;
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /**
     * A frame that is still not complete when so many younger ones have begun is given up: its id must not be met by the
     * next use of the same (RFC 4963). With 16 lanes that comes after 4,096 frames.
     */
    static final int MAX_YOUNGER = 1_024;

    /** In front of a complete frame, for headers of the reader's. */
    public static final int ROOM_BYTES = 16;

    private static final long PATIENCE_NANOS = PATIENCE.toNanos();

    private final ByteBufAllocator allocator;
    private final int maxFrameBytes;
    private final List<PendingFrame> frames = new ArrayList<>(MAX_FRAMES);
    private @Nullable PendingFrame completed;
    private int givenUpFragments;
    private int begun;

    /** @param maxFrameBytes the longest frame taken from a peer */
    public Reassembly(ByteBufAllocator allocator, int maxFrameBytes) {
        this.allocator = allocator;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Borrows the payload, a copy of which is kept. */
    public FragmentVerdict add(ByteBuf payload, int index, int length, long nowNanos) {
        completed = null;
        int bytes = length - FragmentHeader.BYTES;
        if (!FragmentHeader.isValid(payload, index, length)) {
            return FragmentVerdict.MALFORMED;
        }
        int position = FragmentHeader.position(payload, index);
        // As many stand before it, of its own size if it is an inner one, of no less if it is the last.
        if ((position + 1) * bytes > maxFrameBytes) {
            return FragmentVerdict.MALFORMED;
        }
        PendingFrame frame = frame(FragmentHeader.frameId(payload, index), nowNanos);
        boolean isLast = FragmentHeader.isLast(payload, index);
        FragmentVerdict verdict = frame.add(position, isLast, payload, index + FragmentHeader.BYTES, bytes);
        return verdict == FragmentVerdict.COMPLETE ? onComplete(frame) : verdict;
    }

    private FragmentVerdict onComplete(PendingFrame frame) {
        frame.end();
        if (frame.frameLength() < EthernetHeader.LENGTH) {
            givenUpFragments += frame.count() - 1; // this one has its verdict
            return FragmentVerdict.MALFORMED;
        }
        completed = frame;
        return FragmentVerdict.COMPLETE;
    }

    private PendingFrame frame(int id, long nowNanos) {
        giveUpExpired(nowNanos);
        for (int i = 0; i < frames.size(); i++) { // by index: an iterator would be garbage for every fragment
            if (frames.get(i).isOf(id)) {
                return frames.get(i);
            }
        }
        PendingFrame place = place();
        place.begin(id, begun, nowNanos + PATIENCE_NANOS);
        begun++;
        return place;
    }

    private PendingFrame place() {
        PendingFrame oldest = null;
        for (int i = 0; i < frames.size(); i++) {
            PendingFrame frame = frames.get(i);
            if (!frame.isUsed()) {
                return frame;
            }
            if (oldest == null || frame.number() - oldest.number() < 0) {
                oldest = frame;
            }
        }
        if (oldest == null || frames.size() < MAX_FRAMES) {
            int capacity = ROOM_BYTES + maxFrameBytes;
            PendingFrame made = new PendingFrame(allocator.directBuffer(capacity, capacity), ROOM_BYTES, maxFrameBytes);
            frames.add(made);
            return made;
        }
        giveUp(oldest);
        return oldest;
    }

    /** Gives up frames whose time is over; {@link #add} does so by itself. */
    public void giveUpExpired(long nowNanos) {
        for (int i = 0; i < frames.size(); i++) {
            PendingFrame frame = frames.get(i);
            if (frame.isUsed() && isExpired(frame, nowNanos)) {
                giveUp(frame);
            }
        }
    }

    private boolean isExpired(PendingFrame frame, long nowNanos) {
        return frame.deadlineNanos() - nowNanos <= 0 || begun - frame.number() > MAX_YOUNGER;
    }

    private void giveUp(PendingFrame frame) {
        givenUpFragments += frame.count();
        frame.end();
    }

    /** How many fragments {@link FragmentVerdict#HELD} came to nothing since this was last asked. */
    public int takeGivenUpFragments() {
        int fragments = givenUpFragments;
        givenUpFragments = 0;
        return fragments;
    }

    /** Fragments that wait for others of their frame. */
    public int heldFragments() {
        int held = 0;
        for (int i = 0; i < frames.size(); i++) {
            held += frames.get(i).isUsed() ? frames.get(i).count() : 0;
        }
        return held;
    }

    /** Holds the frame after {@link FragmentVerdict#COMPLETE}, at {@link #ROOM_BYTES}, until the next {@link #add}. */
    public ByteBuf frameBuffer() {
        return completed().buffer();
    }

    public int frameLength() {
        return completed().frameLength();
    }

    /** How many fragments made the frame. */
    public int frameFragments() {
        return completed().count();
    }

    private PendingFrame completed() {
        PendingFrame frame = completed;
        if (frame == null) {
            throw new IllegalStateException("the last fragment completed no frame");
        }
        return frame;
    }

    /** Gives the buffers back, and what they hold up. */
    @Override
    public void close() {
        for (PendingFrame frame : frames) {
            if (frame.isUsed()) {
                giveUp(frame);
            }
            frame.buffer().release();
        }
        frames.clear();
        completed = null;
    }
}
