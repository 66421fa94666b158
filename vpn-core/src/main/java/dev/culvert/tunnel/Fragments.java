package dev.culvert.tunnel;

import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.offload.FragmentVerdict;
import dev.culvert.offload.Reassembly;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts frames together that peers sent in fragments, and counts what becomes of each. Confined to its lane. */
final class Fragments implements AutoCloseable {
    private final List<LanePeer> peers;
    private final ByteBufAllocator allocator;
    private final Counters counters;
    private final int maxFrameBytes;
    private @Nullable Reassembly completed;

    Fragments(List<LanePeer> peers, LaneContext context) {
        this.peers = peers;
        this.allocator = context.allocator();
        this.counters = context.counters();
        this.maxFrameBytes = context.maxFrameBytes();
    }

    /** True when the frame is whole: it is there until the next fragment of this peer. */
    boolean add(LanePeer from, ByteBuf payload, int index, int length, long nowNanos) {
        counters.increment(CounterId.FRAGMENTS_IN);
        Reassembly reassembly = from.reassembly;
        if (reassembly == null) {
            reassembly = new Reassembly(allocator, maxFrameBytes);
            from.reassembly = reassembly;
        }
        FragmentVerdict verdict = reassembly.add(payload, index, length, nowNanos);
        counters.add(CounterId.FRAGMENTS_GIVEN_UP, reassembly.takeGivenUpFragments());
        switch (verdict) {
            case HELD -> {}
            case COMPLETE -> {
                counters.add(CounterId.FRAGMENTS_JOINED, reassembly.frameFragments());
                completed = reassembly;
            }
            case MALFORMED -> counters.increment(CounterId.FRAGMENT_MALFORMED);
            case DUPLICATE -> counters.increment(CounterId.FRAGMENT_DUPLICATE);
            case INCONSISTENT -> counters.increment(CounterId.FRAGMENT_INCONSISTENT);
        }
        return verdict == FragmentVerdict.COMPLETE;
    }

    private Reassembly completed() {
        Reassembly last = completed;
        if (last == null) {
            throw new IllegalStateException("no frame is whole");
        }
        return last;
    }

    /** With {@link Reassembly#ROOM_BYTES} in front of the frame. */
    ByteBuf frameBuffer() {
        return completed().frameBuffer();
    }

    int frameIndex() {
        return Reassembly.ROOM_BYTES;
    }

    int frameLength() {
        return completed().frameLength();
    }

    void giveUpExpired(long nowNanos) {
        for (LanePeer peer : peers) {
            if (peer.reassembly != null) {
                peer.reassembly.giveUpExpired(nowNanos);
                counters.add(CounterId.FRAGMENTS_GIVEN_UP, peer.reassembly.takeGivenUpFragments());
            }
        }
    }

    long held() {
        long held = 0;
        for (LanePeer peer : peers) {
            held += peer.reassembly == null ? 0 : peer.reassembly.heldFragments();
        }
        return held;
    }

    @Override
    public void close() {
        for (LanePeer peer : peers) {
            if (peer.reassembly != null) {
                peer.reassembly.close();
                counters.add(CounterId.FRAGMENTS_GIVEN_UP, peer.reassembly.takeGivenUpFragments());
                peer.reassembly = null;
            }
        }
    }
}
