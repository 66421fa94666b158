package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.traffic.OwnGenerator;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane that carries bulk TCP makes no garbage, sockets and event loop included. The virtual machine itself says so. */
@RequiresRoot
final class LaneGarbageIT {
    private static final Duration LENGTH = Duration.ofSeconds(4);
    /** At most, until code is compiled for what goes on. */
    private static final int WINDOWS = 6;
    /** Bytes a frame. */
    private static final double LIMIT = 1;

    private static final Pattern ALLOCATED = Pattern.compile("\"culvert-lane-\\d+\".* allocated=(\\d+)([BKMG]) ");

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bulkTcpMakesNone(int lanes) throws IOException, InterruptedException {
        carryBulk(lanes, TestBed::up);
    }

    /** With what the JVM was shown after the build, the compiler takes other decisions. */
    @Test
    void norAsUsersStartIt() throws IOException, InterruptedException {
        trainAsABuildDoes();
        carryBulk(1, TestBed::upByLauncher);
    }

    private static void trainAsABuildDoes() throws IOException, InterruptedException {
        String train =
                "set -euo pipefail; root=$1; for each in jdk launch packages build; do . \"$root/scripts/$each.sh\"; done;"
                        + "find_jdk; train \"$carrier\"; java_command \"$carrier\"; printf '%s\\n' \"${java[@]}\"";
        Process training = new ProcessBuilder("bash", "-c", train, "train", TestBed.ROOT.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String flags = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(training.waitFor()).isZero();
        assertThat(flags).contains("-XX:AOTCache=", "CompileThresholdScaling");
    }

    private interface Start {
        List<CulvertProcess> up(TestBed bed, TunnelEnd... ends) throws IOException;
    }

    private static void carryBulk(int lanes, Start start) throws IOException, InterruptedException {
        try (TestBed bed = TestBed.open()) {
            LabHost left = bed.lab().host("left");
            LabHost right = bed.lab().host("right");
            bed.lab().link(left, "192.0.2.1/24", right, "192.0.2.2/24");
            TunnelEnd one = TunnelEnd.numbered(1, left).with("lanes = " + lanes);
            TunnelEnd other = TunnelEnd.numbered(2, right).with("lanes = " + lanes);
            one.peerAt("192.0.2.2", other);
            other.peerAt("192.0.2.1", one);
            List<CulvertProcess> tunnels = start.up(bed, one, other);
            bed.awaitSessions();
            Generator generator = new OwnGenerator(left, right);
            BetweenDevices devices = new BetweenDevices(one.inner4(), other.inner4());
            Workload stream = new Workload.TcpStreams(1, false);
            generator.run(devices, stream, LENGTH, Generator.Window.UNREAD); // compiled by then
            generator.run(devices, stream, LENGTH, Generator.Window.UNREAD);

            List<Double> garbage;
            int windows = 0;
            do {
                garbage = garbage(generator, devices, stream, tunnels);
                windows++;
            } while (windows < WINDOWS && !isSteady(garbage)); // the compilers are still at it
            assertThat(garbage).as("bytes a frame, left and right").allMatch(bytes -> bytes < LIMIT);
        }
    }

    private static boolean isSteady(List<Double> bytesAFrame) {
        return bytesAFrame.stream().allMatch(bytes -> bytes < LIMIT);
    }

    /** Bytes a frame at either end. */
    private static List<Double> garbage(
            Generator generator, BetweenDevices devices, Workload stream, List<CulvertProcess> tunnels)
            throws IOException, InterruptedException {
        List<Long> framesBefore = frames(tunnels); // a status makes garbage: outside of what is measured
        List<Long> bytesBefore = allocated(tunnels);
        generator.run(devices, stream, LENGTH, Generator.Window.UNREAD);
        List<Long> bytesAfter = allocated(tunnels);
        List<Long> framesAfter = frames(tunnels);
        List<Double> bytesAFrame = new ArrayList<>();
        for (int end = 0; end < tunnels.size(); end++) {
            long frames = framesAfter.get(end) - framesBefore.get(end);
            long bytes = bytesAfter.get(end) - bytesBefore.get(end);
            System.out.println(tunnels.get(end).host() + ": " + bytes + " bytes, " + frames + " frames");
            assertThat(frames).isGreaterThan(50_000);
            bytesAFrame.add(bytes / (double) frames);
        }
        return bytesAFrame;
    }

    /** Both ways together. */
    private static List<Long> frames(List<CulvertProcess> tunnels) throws LabException {
        List<Long> frames = new ArrayList<>();
        for (CulvertProcess tunnel : tunnels) {
            var status = tunnel.status();
            frames.add(status.counter(CounterId.COPIES_SEALED) + status.counter(CounterId.FRAMES_OPENED));
        }
        return frames;
    }

    /** By the threads of all lanes since they began. */
    private static List<Long> allocated(List<CulvertProcess> tunnels) throws IOException, InterruptedException {
        List<Long> allocated = new ArrayList<>();
        for (CulvertProcess tunnel : tunnels) {
            allocated.add(allocated(tunnel.process().pid()));
        }
        return allocated;
    }

    private static long allocated(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print", "-e")
                .redirectErrorStream(true)
                .start();
        String threads = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asking.waitFor()).as(threads).isZero();
        List<Long> lanes = ALLOCATED
                .matcher(threads)
                .results()
                .map(lane -> Long.parseLong(lane.group(1)) << (10 * "BKMG".indexOf(lane.group(2))))
                .toList();
        assertThat(lanes).as(threads).isNotEmpty();
        return lanes.stream().mapToLong(Long::longValue).sum();
    }
}
