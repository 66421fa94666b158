package dev.culvert.cli;

import dev.culvert.cli.render.StatusSamples;
import dev.culvert.cli.run.RunningTunnel;
import dev.culvert.config.TunnelConfig;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * A tunnel without a device: it runs until it is closed. The device name {@code broken} does not start; {@code slow}
 * starts at the end of stdin, and says when it is closed.
 */
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
        if (config.device().name().equals("slow")) {
            System.out.println("starting");
            System.in.readAllBytes();
        }
        return new ScriptedTunnel(config.device().name());
    }

    @Override
    public TunnelStatus status() {
        if (closed.getCount() == 0) {
            throw new IllegalStateException("the tunnel has stopped");
        }
        return StatusSamples.quiet(name);
    }

    @Override
    public void close() {
        if (name.equals("slow") && closed.getCount() != 0) {
            System.out.println("closed");
        }
        closed.countDown();
    }

    @Override
    public void awaitStop() throws InterruptedException {
        closed.await();
    }
}
