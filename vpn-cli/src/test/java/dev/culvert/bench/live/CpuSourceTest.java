package dev.culvert.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a /proc on paper, in which this process may be the tunnel. */
final class CpuSourceTest {
    private static final long PID = ProcessHandle.current().pid();
    private static final TunnelStatus STATUS = Statuses.of(PID, Map.of());
    private static final Path OUR_NETWORK = Path.of("net:[4026531840]");

    @TempDir
    private Path proc;

    @BeforeEach
    void aTunnelAsItIs() throws IOException {
        Files.createSymbolicLink(proc.resolve("self"), Path.of(Long.toString(PID)));
        network("thread-self", OUR_NETWORK);
        network(Long.toString(PID), OUR_NETWORK);
        descriptor("5", "pos:\t0\nflags:\t02004002\n");
        descriptor("7", "pos:\t0\nflags:\t02104002\nmnt_id:\t26\niff:\tculvert0\n");
    }

    private void network(String process, Path network) throws IOException {
        Path link = proc.resolve(process).resolve("ns/net");
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, network);
    }

    private void descriptor(String number, String text) throws IOException {
        Path info = proc.resolve(Long.toString(PID)).resolve("fdinfo").resolve(number);
        Files.createDirectories(info.getParent());
        Files.writeString(info, text);
    }

    @Test
    void theProcessThatHoldsTheDeviceIsMeasured() {
        CpuSource cpu = CpuSource.of(STATUS, proc);
        long began = cpu.nanos().orElseThrow();
        long used = began;
        while (used == began) { // this process works meanwhile
            used = cpu.nanos().orElseThrow();
        }
        assertThat(used).isGreaterThan(began);
    }

    @Test
    void aProcessWithoutTheDeviceIsAnother() throws IOException {
        descriptor("7", "pos:\t0\niff:\tculvert01\n");
        assertThat(CpuSource.of(STATUS, proc).nanos()).isEmpty();
    }

    @Test
    void aDeviceOfThatNameInAnotherNetworkIsAnother() throws IOException {
        network(Long.toString(PID), Path.of("net:[4026532177]"));
        assertThat(CpuSource.of(STATUS, proc).nanos()).isEmpty();
    }

    @Test
    void numbersOfAnotherProcessNamespaceSayNothing() throws IOException {
        Files.delete(proc.resolve("self"));
        Files.createSymbolicLink(proc.resolve("self"), Path.of(Long.toString(PID + 1)));
        assertThat(CpuSource.of(STATUS, proc).nanos()).isEmpty();
    }

    @Test
    void aProcessThatIsNotSeenIsNotMeasured() {
        assertThat(CpuSource.of(Statuses.of(PID + 1, Map.of()), proc).nanos()).isEmpty();
    }

    @Test
    void thisProcessHoldsNoTunnelByTheRealProc() {
        assertThat(CpuSource.of(STATUS).nanos()).isEmpty();
    }
}
