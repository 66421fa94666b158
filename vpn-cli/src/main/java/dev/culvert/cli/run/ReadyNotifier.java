package dev.culvert.cli.run;

import dev.culvert.tunnel.TunnelStatus;

/**
 * Told once, when the tunnel carries frames. There is no sd_notify yet: the JDK has no UNIX datagram sockets, so the
 * systemd unit says Type=exec. Whoever adds it composes it with the line on stdout.
 */
@FunctionalInterface
public interface ReadyNotifier {
    void ready(TunnelStatus status);
}
