package dev.culvert.tunnel;

import dev.culvert.device.TapException;
import dev.culvert.device.TapQueue;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import io.netty.buffer.ByteBuf;

/** Writes frames to the device and counts them. Confined to its lane; borrows buffers. */
final class DeviceWriter {
    private final TapQueue queue;
    private final Counters counters;
    private final TunnelCommands commands;
    private boolean gone;

    DeviceWriter(TapQueue queue, Counters counters, TunnelCommands commands) {
        this.queue = queue;
        this.counters = counters;
        this.commands = commands;
    }

    void write(ByteBuf buffer, int index, int length) {
        counters.increment(CounterId.TAP_OFFERED);
        if (gone) { // told once; the tunnel is about to end
            counters.increment(CounterId.TAP_WRITE_REFUSED);
            return;
        }
        counters.increment(CounterId.TAP_WRITE_CALLS);
        try {
            counters.increment(
                    queue.write(buffer, index, length) ? CounterId.TAP_WRITTEN : CounterId.TAP_WRITE_REFUSED);
        } catch (TapException broken) {
            gone = true;
            counters.increment(CounterId.TAP_WRITE_REFUSED);
            commands.failed(broken);
        }
    }
}
