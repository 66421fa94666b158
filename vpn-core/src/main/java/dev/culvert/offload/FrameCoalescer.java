package dev.culvert.offload;

import dev.culvert.offload.FrameHeaders.Kind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Joins consecutive segments of a flow into one super-frame for the device, as the kernel's GRO does, so that cutting it
 * again gives the frames that came. Nothing is moved: a super-frame is a list of pieces of the buffers that the frames
 * lie in. What cannot be joined is delivered as it came; the frames of a flow keep their order, flows among each other
 * need not.
 *
 * <p>Borrows buffers, direct ones: the caller keeps every one it gave until {@link #flush}, and calls that when nothing
 * more is there to be received. The {@link VirtioNetHeader#BYTES} in front of a frame are overwritten, and so may be its
 * headers: other uses of the frame come before {@link #add}.
 */
public final class FrameCoalescer {
    /** More than a receive of 64 datagrams can make long super-frames of. */
    static final int FLOWS = 8;

    private final FrameSink sink;
    private final boolean joinsUdp;
    private final FrameHeaders headers = new FrameHeaders();
    private final GatheredFrame single = new GatheredFrame();
    private final JoinedFlow[] flows = new JoinedFlow[FLOWS];
    private int nextToGiveWay;

    /** @param joinsUdp the device takes super-frames of UDP: it granted USO */
    public FrameCoalescer(FrameSink sink, boolean joinsUdp) {
        this.sink = sink;
        this.joinsUdp = joinsUdp;
        for (int i = 0; i < FLOWS; i++) {
            flows[i] = new JoinedFlow();
        }
    }

    /** @param checksumPartial flag C of the payload; the frame comes from an authenticated peer, which vouches for it */
    public CoalesceVerdict add(ByteBuf buffer, int index, int length, boolean checksumPartial) {
        if (checksumPartial && tryContinue(buffer, index, length)) {
            return CoalesceVerdict.ACCEPTED;
        }
        Kind kind = headers.parse(buffer, index, length);
        if (checksumPartial && !kind.hasChecksum()) {
            return CoalesceVerdict.NO_PARTIAL_CHECKSUM;
        }
        switch (kind) {
            case TCP, UDP -> addToFlow(buffer, index, length, checksumPartial);
            case OTHER -> deliverAlone(buffer, index, length, false);
            case UNCERTAIN -> {
                flush(); // a fragment, perhaps of a flow that is held: nothing may be overtaken
                deliverAlone(buffer, index, length, false);
            }
        }
        return CoalesceVerdict.ACCEPTED;
    }

    /** Most frames of bulk end here. */
    private boolean tryContinue(ByteBuf buffer, int index, int length) {
        for (JoinedFlow flow : flows) {
            if (flow.tryContinue(buffer, index, length)) {
                deliverIfClosed(flow);
                return true;
            }
        }
        return false;
    }

    private void deliverIfClosed(JoinedFlow flow) {
        if (flow.isClosed()) {
            deliver(flow);
        }
    }

    private void addToFlow(ByteBuf buffer, int index, int length, boolean checksumPartial) {
        boolean joinable = checksumPartial
                && (joinsUdp || headers.kind() == Kind.TCP)
                && JoinRules.isJoinable(buffer, index, length, headers);
        JoinedFlow flow = find(buffer, index);
        if (flow != null && joinable && flow.tryJoin(buffer, index, headers)) {
            deliverIfClosed(flow);
            return;
        }
        if (flow != null) {
            deliver(flow);
        }
        if (joinable && !JoinRules.closes(buffer, index, headers)) {
            freeFlow().begin(buffer, index, headers);
        } else {
            deliverAlone(buffer, index, length, checksumPartial);
        }
    }

    private @Nullable JoinedFlow find(ByteBuf buffer, int index) {
        for (JoinedFlow flow : flows) {
            if (flow.isOpen() && flow.isOf(buffer, index, headers)) {
                return flow;
            }
        }
        return null;
    }

    private JoinedFlow freeFlow() {
        for (JoinedFlow flow : flows) {
            if (!flow.isOpen()) {
                return flow;
            }
        }
        JoinedFlow flow = flows[nextToGiveWay];
        nextToGiveWay = (nextToGiveWay + 1) % FLOWS;
        deliver(flow);
        return flow;
    }

    /** Delivers what is held. */
    public void flush() {
        for (JoinedFlow flow : flows) {
            if (flow.isOpen()) {
                deliver(flow);
            }
        }
    }

    private void deliver(JoinedFlow flow) {
        GatheredFrame whole = flow.finish();
        flow.clear(); // first: whatever comes of the write, the buffers are the caller's again
        sink.write(whole);
    }

    private void deliverAlone(ByteBuf buffer, int index, int length, boolean checksumPartial) {
        int virtio = index - VirtioNetHeader.BYTES;
        if (checksumPartial) {
            VirtioNetHeader.writeNeedsChecksum(buffer, virtio, headers);
        } else {
            VirtioNetHeader.writeNone(buffer, virtio);
        }
        single.clear();
        single.add(buffer, virtio, VirtioNetHeader.BYTES + length);
        sink.write(single);
    }
}
