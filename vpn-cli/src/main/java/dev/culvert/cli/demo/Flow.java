package dev.culvert.cli.demo;

import dev.culvert.metrics.CounterId;
import dev.culvert.tunnel.TunnelStatus;

/** What went from one host to the other, counted at each station of the way. */
public record Flow(
        String from,
        String to,
        long framesRead,
        long framesSealed,
        long datagramsSent,
        long datagramsReceived,
        long framesOpened,
        long framesWritten) {

    static Flow of(String from, TunnelStatus sender, String to, TunnelStatus receiver) {
        return new Flow(
                from,
                to,
                counter(sender, CounterId.TAP_FRAMES_READ),
                counter(sender, CounterId.COPIES_SEALED),
                counter(sender, CounterId.DATAGRAMS_SENT),
                counter(receiver, CounterId.DATAGRAMS_RECEIVED),
                counter(receiver, CounterId.FRAMES_OPENED),
                counter(receiver, CounterId.TAP_WRITTEN));
    }

    /** Sent, and not yet or never received. */
    public long underway() {
        return datagramsSent - datagramsReceived;
    }

    private static long counter(TunnelStatus status, CounterId id) {
        return status.counters().getOrDefault(id.text(), 0L);
    }
}
