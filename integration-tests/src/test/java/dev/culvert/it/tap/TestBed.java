package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A lab with tunnels in it. Its end is part of every test: the books of each tunnel balance, each ends when asked to, and
 * nothing is left behind.
 */
final class TestBed implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration SESSION_LIMIT = Duration.ofSeconds(15);
    private static final Duration QUIET_LIMIT = Duration.ofSeconds(5);
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    /** Of the checkout. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Lab lab;
    private final Path folder;
    private final List<CulvertProcess> running = new ArrayList<>();

    private interface Starter {
        CulvertProcess.Starting start(LabHost host, Path config) throws LabException;
    }

    private TestBed(Lab lab) throws LabException {
        this.lab = lab;
        this.folder = lab.folder();
    }

    /** @param programs that the test needs */
    static TestBed open(String... programs) throws LabException {
        return new TestBed(Lab.open(programs));
    }

    Lab lab() {
        return lab;
    }

    /** For this test alone. */
    Path folder() {
        return folder;
    }

    /** Starts tunnels, all at once, and waits until they are ready. */
    List<CulvertProcess> up(TunnelEnd... ends) throws IOException {
        return up(CulvertProcess::start, ends);
    }

    /** The same by {@code ./culvert}, of what was packaged last. */
    List<CulvertProcess> upByLauncher(TunnelEnd... ends) throws IOException {
        return up(
                (host, config) -> CulvertProcess.start(
                        host, List.of("env", "CULVERT_NO_BUILD=1", ROOT + "/culvert", "up", config.toString())),
                ends);
    }

    private List<CulvertProcess> up(Starter starter, TunnelEnd... ends) throws IOException {
        List<CulvertProcess.Starting> starting = new ArrayList<>();
        for (TunnelEnd end : ends) {
            starting.add(starter.start(end.host(), end.write(folder)));
        }
        List<CulvertProcess> ready = new ArrayList<>();
        for (CulvertProcess.Starting each : starting) {
            ready.add(each.awaitReady(START_LIMIT));
        }
        running.addAll(ready);
        return ready;
    }

    /** The first frames that two kernels exchange make the sessions; then both ends settle what to seal with. */
    void awaitSessions() throws LabException {
        for (CulvertProcess tunnel : running) {
            tunnel.awaitHellos(SESSION_LIMIT);
        }
    }

    /** SIGKILL: its books are lost with it. */
    void kill(CulvertProcess tunnel) throws LabException {
        tunnel.process().kill();
        running.remove(tunnel);
    }

    @Override
    public void close() throws LabException {
        try (lab) {
            for (CulvertProcess tunnel : running) {
                assertBalanced(tunnel);
            }
            for (CulvertProcess tunnel : running) {
                assertThat(tunnel.stop()).as("exit code of %s", tunnel.host()).isIn(0, ENDED_BY_SIGTERM);
                assertGone(tunnel.host());
            }
        }
        assertThat(lab.remains()).isEmpty();
    }

    /** Only while nothing moves, so it is given a moment. */
    static TunnelStatus assertBalanced(CulvertProcess tunnel) throws LabException {
        return tunnel.awaitStatus("balanced", status -> status.imbalances().isEmpty(), QUIET_LIMIT);
    }

    /** No device, no address of one, no socket: as if the tunnel had never been. */
    static void assertGone(LabHost host) throws LabException {
        assertThat(host.ip("-oneline", "address", "show").output())
                .as("interfaces of %s", host)
                .doesNotContain(TunnelEnd.DEVICE);
        assertThat(host.ip("-oneline", "link", "show").output()).doesNotContain(TunnelEnd.DEVICE);
        assertThat(Datagrams.isFree(host, TunnelEnd.PORT))
                .as("UDP port %d of %s is free", TunnelEnd.PORT, host)
                .isTrue();
    }
}
