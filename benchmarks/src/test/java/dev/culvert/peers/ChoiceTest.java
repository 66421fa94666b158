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
        assertThat(Choice.of(Peers.all(), List.of(), List.of(), Map.of())).hasSameSizeAs(Peers.all());
    }

    @Test
    void takesWhatHasAWordInItsName() {
        assertThat(Choice.of(Peers.all(), List.of("FASTD", "tinc"), List.of(), Map.of()))
                .extracting(Peer::name)
                .containsExactly("fastd null", "fastd salsa2012+umac", "tinc");
    }

    @Test
    void addsScripts() {
        assertThat(Choice.of(Peers.all(), List.of("tinc"), List.of(), Map.of("mine", SCRIPT)))
                .extracting(Peer::name)
                .containsExactly("tinc", "mine");
    }

    @Test
    void namesThePeersThereAreWhenAWordFitsNone() {
        assertThatThrownBy(() -> Choice.of(Peers.all(), List.of("ipsec"), List.of(), Map.of()))
                .hasMessageContaining("--only ipsec")
                .hasMessageContaining("OpenVPN tap");
    }

    @Test
    void refusesANameThatIsTaken() {
        assertThatThrownBy(() -> Choice.of(Peers.all(), List.of(), List.of(), Map.of("Tinc", SCRIPT)))
                .hasMessageContaining("choose another");
    }

    @Test
    void addsCulvertsOfOtherConfigurations() {
        CulvertVariant variant = CulvertVariant.parse("large=interface.mtu=1500");
        assertThat(Choice.of(Peers.all(), List.of("Culvert"), List.of(variant), Map.of()))
                .extracting(Peer::name)
                .containsExactly("Culvert", "Culvert large");
        assertThatThrownBy(() -> Choice.of(Peers.all(), List.of(), List.of(variant, variant), Map.of()))
                .hasMessage("--culvert large: there is a peer of that name already: choose another");
    }

    @Test
    void takesTrafficByTheBeginningOfItsId() {
        Traffic traffic = Traffic.everything(List.of(1000, 0)).chosen(List.of("tcp-4", "udp-64", "request"));
        assertThat(traffic.workloads())
                .extracting(Workload::id)
                .containsExactly("tcp-4", "tcp-4-reverse", "udp-64-1000", "udp-64-flood", "request-response-64");
        assertThat(traffic.tcp()).extracting(Workload::id).containsExactly("tcp-4", "tcp-4-reverse");
    }

    @Test
    void takesPassesByTheirIds() {
        assertThat(Pass.of(List.of())).containsExactly(Pass.OFFLOADS, Pass.SYSTEM_CALLS, Pass.NO_OFFLOADS, Pass.PING);
        assertThat(Pass.of(List.of("ping", "offloads"))).containsExactly(Pass.OFFLOADS, Pass.PING);
        assertThatThrownBy(() -> Pass.of(List.of("offload")))
                .hasMessage(
                        "--passes offload: there is none; there are: offloads, system-calls, no-offloads, loss, ping");
    }
}
