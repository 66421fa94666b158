package dev.culvert.cli;

import dev.culvert.cli.render.StatusSamples;
import dev.culvert.cli.run.RunningTunnel;
import dev.culvert.config.TunnelConfig;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A tunnel without a device: it runs until it is closed. The device name {@code broken} does not start. */
final class ScriptedTunnel implements RunningTunnel {
    private final String name;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedTunnel(String name) {
        this.name = name;
    }

    static RunningTunnel start(TunnelConfig config) throws IOException {
        if (config.device().name().equals("broken")) {
            throw new IOException("broken: TUNSETIFF: EPERM: needs CAP_NET_ADMIN");
        }
        return new ScriptedTunnel(config.device().name());
    }

    @Override
    public TunnelStatus status() {
        return StatusSamples.quiet(name);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public void awaitStop() throws InterruptedException {
        closed.await();
    }
}
