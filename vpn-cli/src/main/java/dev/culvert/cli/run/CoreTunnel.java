package dev.culvert.cli.run;

import dev.culvert.config.TunnelConfig;
import dev.culvert.device.DeviceOpener;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.tunnel.Tunnel;
import dev.culvert.tunnel.TunnelStatus;
import dev.culvert.udp.IoBackend;
import java.io.IOException;

/** The tunnel of vpn-core. */
public record CoreTunnel(Tunnel tunnel) implements RunningTunnel {
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    /** The {@link TunnelLauncher} of the product. */
    public static RunningTunnel start(TunnelConfig config) throws IOException {
        return start(config, LinuxTapDevice::open);
    }

    /** The same on devices of another kind. */
    public static RunningTunnel start(TunnelConfig config, DeviceOpener devices) throws IOException {
        watchNoBuffers();
        return new CoreTunnel(Tunnel.start(config, IoBackend.best(), devices));
    }

    /**
     * Netty would watch one buffer in 128 for leaks, stack trace and all: the only garbage that a lane makes, for a finding
     * that nobody reads. The tests watch every buffer. Read when the first buffer is made.
     */
    private static void watchNoBuffers() {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
    }

    @Override
    public TunnelStatus status() {
        return tunnel.status();
    }

    @Override
    public void close() {
        tunnel.close();
    }

    @Override
    public void awaitStop() throws IOException, InterruptedException {
        tunnel.awaitStop();
    }
}
