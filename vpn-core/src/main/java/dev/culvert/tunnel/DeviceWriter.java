package dev.culvert.tunnel;

import dev.culvert.device.TapException;
import dev.culvert.device.TapOffload;
import dev.culvert.device.TapQueue;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.offload.CoalesceVerdict;
import dev.culvert.offload.FrameCoalescer;
import dev.culvert.offload.GatheredFrame;
import dev.culvert.offload.PartialChecksum;
import io.netty.buffer.ByteBuf;

/**
 * Writes frames to the device and counts them; where the device takes super-frames, consecutive frames of a flow leave
 * as one, at the {@link #flush} at the latest. Confined to its lane; borrows buffers until then.
 */
final class DeviceWriter {
    private final TapQueue queue;
    private final Counters counters;
    private final TunnelCommands commands;
    private final boolean hasHeader;
    private final FrameCoalescer coalescer;
    private final PartialChecksum partialChecksum = new PartialChecksum();
    private boolean gone;

    DeviceWriter(TapQueue queue, LaneContext context) {
        this.queue = queue;
        this.counters = context.counters();
        this.commands = context.commands();
        this.hasHeader = context.offloads().hasHeader();
        this.coalescer = new FrameCoalescer(
                this::writeGathered, context.offloads().granted().contains(TapOffload.USO4));
    }

    /**
     * Other uses of the frame come before: its headers, and a virtio header's bytes in front of it, may be overwritten.
     *
     * @param checksumPartial flag C of the payload
     */
    void write(ByteBuf buffer, int index, int length, boolean checksumPartial) {
        counters.increment(CounterId.TAP_OFFERED);
        if (hasHeader) {
            if (coalescer.add(buffer, index, length, checksumPartial) == CoalesceVerdict.NO_PARTIAL_CHECKSUM) {
                counters.increment(CounterId.CHECKSUM_NOT_PARTIAL);
            }
        } else if (checksumPartial && !partialChecksum.tryComplete(buffer, index, length)) {
            counters.increment(CounterId.CHECKSUM_NOT_PARTIAL);
        } else {
            writePlain(buffer, index, length);
        }
    }

    /** Nothing is held afterwards. */
    void flush() {
        if (hasHeader) {
            coalescer.flush();
        }
    }

    private void writePlain(ByteBuf buffer, int index, int length) {
        if (!gone) {
            counters.increment(CounterId.TAP_WRITE_CALLS);
            try {
                count(queue.write(buffer, index, length), 1);
                return;
            } catch (TapException broken) {
                lose(broken);
            }
        }
        count(false, 1);
    }

    private void writeGathered(GatheredFrame frame) {
        if (!gone) {
            counters.increment(CounterId.TAP_WRITE_CALLS);
            try {
                count(queue.write(frame), frame.pieces());
                return;
            } catch (TapException broken) {
                lose(broken);
            }
        }
        count(false, frame.pieces());
    }

    private void count(boolean written, int frames) {
        counters.add(written ? CounterId.TAP_WRITTEN : CounterId.TAP_WRITE_REFUSED, frames);
        if (written && frames > 1) {
            counters.increment(CounterId.SUPER_FRAMES_WRITTEN);
        }
    }

    /** Told once; the tunnel is about to end. */
    private void lose(TapException broken) {
        gone = true;
        commands.failed(broken);
    }
}
