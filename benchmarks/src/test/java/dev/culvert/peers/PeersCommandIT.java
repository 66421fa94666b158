package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.culvert.cli.CulvertCommandLine;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@RequiresRoot
@Timeout(180)
final class PeersCommandIT {
    private static final String CULVERT = "Culvert";
    private static final String SMALL = "Culvert small";
    private static final String ADDED = "vxlan";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresPeersAndAddedOnesAndWritesAPage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");

        int status = run(
                        "--rounds=1",
                        "--seconds=0.2",
                        "--only=culvert",
                        "--rates=5000",
                        "--mtu=1400",
                        "--workloads=tcp-1,udp-64")
                .and("--culvert=small=interface.mtu=1300", "--add=vxlan=examples/vxlan")
                .and("--json", "--markdown=" + page)
                .execute();

        assertThat(status).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/benchmark").asText()).isEqualTo("peers");
        assertThat(report.at("/environment/facts/Culvert, as measured").asText())
                .matches("MTU 1400, lanes 1, (aes-256-gcm|chacha20-poly1305) by \\S+, .*");
        assertThat(report.at("/environment/facts/Culvert small, as measured").asText())
                .startsWith("MTU 1300,");
        assertThat(bars(report, "tcp-1")).containsExactly(CULVERT, SMALL, ADDED);
        assertThat(bars(report, "tcp-1-reverse" + Pass.NO_OFFLOADS.suffix())).containsExactly(CULVERT, SMALL, ADDED);
        assertThat(bars(report, "udp-64-5000-loss")).containsExactly(CULVERT, SMALL, ADDED);
        assertThat(bars(report, "ping-average")).containsExactly(CULVERT, SMALL, ADDED);
        assertThat(bars(report, "tcp-1-system-calls"))
                .as("what runs in the kernel alone has a script that makes no system calls for frames")
                .contains(CULVERT, SMALL);
        assertThat(bars(report, "tcp-1-own-count")).containsExactly(CULVERT, SMALL);
        assertThat(Files.readString(page))
                .contains("### TCP: throughput, Gbit/s", "*Culvert small* as a multiple of each", "| vxlan | ");
    }

    @Test
    void losesWhatComesOverTheCable() throws IOException {
        int status = run("--rounds=1", "--seconds=0.5", "--only=veth", "--workloads=tcp-1")
                .and("--passes=no-offloads,loss", "--json")
                .execute();

        assertThat(status).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(rate(report, "tcp-1" + Pass.LOSS.suffix()))
                .isLessThan(0.7 * rate(report, "tcp-1" + Pass.NO_OFFLOADS.suffix()));
    }

    private static double rate(JsonNode report, String section) {
        return StreamSupport.stream(report.at("/sections").spliterator(), false)
                .filter(each -> each.at("/id").asText().equals(section))
                .findFirst()
                .orElseThrow()
                .at("/bars/0/samples/rounds/0")
                .asDouble();
    }

    @Test
    void runsACommandForEachPeerInTheMiddleOfAll(@TempDir Path folder) throws IOException {
        Path told = folder.resolve("told");
        String script = "echo $PEER_NAME $NEAR_ADDRESS $FAR_ADDRESS >>" + told
                + "; ip netns exec $NEAR_NAMESPACE ping -c 1 -W 5 $FAR_ADDRESS"
                + " && ip netns exec $FAR_NAMESPACE ping -c 1 -W 5 $NEAR_ADDRESS && kill -0 $PEER_PIDS";

        int status = run("--only=fastd", "--", "sh", "-c", script).execute();

        assertThat(status).as(err.toString()).isZero();
        assertThat(told).content().isEqualTo("""
                fastd null 10.96.1.1 10.96.1.2
                fastd salsa2012+umac 10.96.2.1 10.96.2.2
                """);
    }

    @Test
    void failsWithACommandThatFails() {
        assertThat(run("--only=veth", "--", "false").execute()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("veth alone: false: exit code 1");
    }

    @Test
    void tellsWhatACulvertDoesNotLikeAboutItsConfiguration() {
        assertThat(run("--only=veth", "--culvert=odd=interface.lane=2", "--", "true")
                        .execute())
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("Culvert odd does not start").contains("lane");
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        for (String wrong : List.of(
                "--only=ipsec",
                "--workloads=icmp",
                "--rounds=0",
                "--seconds=-1",
                "--passes=all",
                "--rates=-5",
                "--mtu=20",
                "--culvert=large")) {
            assertThat(run(wrong).execute()).as(wrong).isEqualTo(CommandLine.ExitCode.USAGE);
        }
        assertThat(err.toString())
                .contains("peers: --only ipsec")
                .contains("--workloads icmp: none begins so; there are: tcp-1,")
                .contains("--rounds and --seconds must be above 0");
    }

    /** A command line, in pieces. */
    private final class Line {
        private final List<String> arguments = new ArrayList<>();

        Line and(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        int execute() {
            return CulvertCommandLine.single(new PeersCommand(InputStream.nullInputStream()))
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments.toArray(String[]::new));
        }
    }

    private Line run(String... arguments) {
        return new Line().and(arguments);
    }

    private static List<String> bars(JsonNode report, String section) {
        List<String> names = new ArrayList<>();
        StreamSupport.stream(report.at("/sections").spliterator(), false)
                .filter(each -> each.at("/id").asText().equals(section))
                .flatMap(each -> StreamSupport.stream(each.at("/bars").spliterator(), false))
                .forEach(bar -> names.add(bar.at("/name").asText()));
        return names;
    }
}
