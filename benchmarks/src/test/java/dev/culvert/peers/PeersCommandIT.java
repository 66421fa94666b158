package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.culvert.cli.CulvertCommandLine;
import dev.culvert.testkit.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
    private static final String ADDED = "vxlan";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresPeersAndAnAddedOneAndWritesAPage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");

        int status =
                run("--rounds=1 --seconds=0.2 --only=culvert --add=vxlan=examples/vxlan --json --markdown=" + page);

        assertThat(status).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/benchmark").asText()).isEqualTo("peers");
        assertThat(bars(report, "tcp-1")).containsExactly(CULVERT, ADDED);
        assertThat(bars(report, "tcp-4-reverse" + Passes.WITHOUT_OFFLOADS)).containsExactly(CULVERT, ADDED);
        assertThat(bars(report, "tcp-1-system-calls"))
                .as("what runs in the kernel alone has a script that makes no system calls for frames")
                .contains(CULVERT);
        assertThat(Files.readString(page))
                .contains("### TCP: throughput, Gbit/s")
                .contains("| vxlan | ");
    }

    @Test
    void keepsEverythingRunningUntilEnter() {
        int status = run("--rounds=0 --keep --only=fastd");

        assertThat(status).as(err.toString()).isZero();
        assertThat(err.toString())
                .containsPattern("ip netns exec culvert-lab-\\S+-two iperf3 -s")
                .containsPattern("iperf3 -c 10\\.96\\.1\\.2 +# fastd null");
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThat(run("--only=ipsec")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--workloads=icmp")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--rounds=0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--seconds=-1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains("peers: --only ipsec")
                .contains("--workloads icmp: none begins so; there are: tcp-1,")
                .contains("--rounds 0 needs --keep");
    }

    private int run(String arguments) {
        InputStream enter = new ByteArrayInputStream("\n".getBytes(StandardCharsets.US_ASCII));
        return CulvertCommandLine.single(new PeersCommand(enter))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.split(" "));
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
