package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.contest.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChoiceTest {
    private static final Path SCRIPT = Path.of("script");

    @Test
    void takesAllUnlessAsked() {
        assertThat(Choice.of(Peers.all(), List.of(), Map.of())).hasSameSizeAs(Peers.all());
    }

    @Test
    void takesWhatHasAWordInItsName() {
        assertThat(Choice.of(Peers.all(), List.of("FASTD", "tinc"), Map.of()))
                .extracting(Peer::name)
                .containsExactly("fastd null", "fastd salsa2012+umac", "tinc");
    }

    @Test
    void addsScripts() {
        assertThat(Choice.of(Peers.all(), List.of("tinc"), Map.of("mine", SCRIPT)))
                .extracting(Peer::name)
                .containsExactly("tinc", "mine");
    }

    @Test
    void namesThePeersThereAreWhenAWordFitsNone() {
        assertThatThrownBy(() -> Choice.of(Peers.all(), List.of("ipsec"), Map.of()))
                .hasMessageContaining("--only ipsec")
                .hasMessageContaining("OpenVPN tap");
    }

    @Test
    void refusesANameThatIsTaken() {
        assertThatThrownBy(() -> Choice.of(Peers.all(), List.of(), Map.of("Tinc", SCRIPT)))
                .hasMessageContaining("choose another");
    }

    @Test
    void takesTrafficByTheBeginningOfItsId() {
        Traffic traffic = Traffic.of(List.of("tcp-4", "request"));
        assertThat(traffic.withOffloads())
                .extracting(Workload::id)
                .containsExactly("tcp-4", "tcp-4-reverse", "request-response-64");
        assertThat(traffic.withoutOffloads()).extracting(Workload::id).containsExactly("tcp-4", "tcp-4-reverse");
    }
}
