package dev.culvert.it.wireguard;

import static dev.culvert.it.wireguard.InteropPair.CULVERT_4;
import static dev.culvert.it.wireguard.InteropPair.CULVERT_6;
import static dev.culvert.it.wireguard.InteropPair.WIREGUARD_4;
import static dev.culvert.it.wireguard.InteropPair.WIREGUARD_6;
import static dev.culvert.it.wireguard.InteropPlan.End.CULVERT;
import static dev.culvert.it.wireguard.InteropPlan.End.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.it.wireguard.InteropPlan.End;
import dev.culvert.it.wireguard.InteropPlan.Underlay;
import dev.culvert.lab.LabException;
import dev.culvert.lab.Traffic;
import dev.culvert.lab.Traffic.Transfer;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import dev.culvert.wire.MessageType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** First contact, in every combination, and then a lot of data. */
@RequiresRoot
final class WireGuardHandshakeIT {
    private static final long TRANSFER_BYTES = 100_000_000;
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(40);

    static Stream<InteropPlan> everyCombination() {
        return Stream.of(Underlay.values())
                .flatMap(underlay -> Stream.of(End.values())
                        .flatMap(initiator -> Stream.of(false, true)
                                .map(presharedKey -> new InteropPlan(underlay, initiator, presharedKey, List.of()))));
    }

    @ParameterizedTest
    @MethodSource("everyCombination")
    void carriesIpv4AndIpv6WhoeverBegins(InteropPlan plan) throws LabException {
        try (InteropLab lab = InteropLab.open()) {
            InteropPair pair = lab.pair(plan);
            OuterCapture capture = pair.capture();
            pair.start();

            boolean culvertBegins = plan.initiator() == CULVERT;
            // The other way round, somebody has to wait for the answer to something nobody has asked for.
            if (culvertBegins) {
                Ping.answers(pair.culvertHost(), WIREGUARD_4);
                Ping.answers(pair.wireGuardHost(), CULVERT_6);
            } else {
                Ping.answers(pair.wireGuardHost(), CULVERT_4);
                Ping.answers(pair.culvertHost(), WIREGUARD_6);
            }

            TunnelStatus status = pair.settled();
            assertThat(status.mtu()).isEqualTo(1420);
            assertThat(status.counters())
                    .containsEntry("responses_accepted", culvertBegins ? 1L : 0L)
                    .containsEntry("initiations_accepted", culvertBegins ? 0L : 1L);
            assertThat(status.peers().getFirst().presharedKey()).isEqualTo(plan.presharedKey());
            assertThat(pair.wireGuard().status().hasSession()).isTrue();
            assertIsWireGuardOfOneHandshake(capture.messages(), plan);
        }
    }

    private static void assertIsWireGuardOfOneHandshake(List<OuterMessage> messages, InteropPlan plan) {
        assertThat(messages).noneMatch(message -> message.isA(MessageType.INVALID));
        assertThat(messages.get(0).type()).isEqualTo(MessageType.INITIATION);
        assertThat(messages.get(0).from())
                .isEqualTo(plan.underlay().address(plan.initiator() == CULVERT ? 1 : 2));
        assertThat(messages.get(1).type()).isEqualTo(MessageType.RESPONSE);
        assertThat(messages.subList(2, messages.size()))
                .hasSizeGreaterThanOrEqualTo(12) // three pings each way, with their answers
                .allMatch(message -> message.isA(MessageType.TRANSPORT));
    }

    @Test
    void carriesALotOfDataIntactEachWay() throws LabException {
        try (InteropLab lab = InteropLab.open()) {
            InteropPair pair = lab.pair(InteropPlan.begunBy(WIREGUARD)).start();
            Ping.answers(pair.wireGuardHost(), CULVERT_4);

            assertArrived(Traffic.transfer(
                    pair.culvertHost(), pair.wireGuardHost(), WIREGUARD_4, TRANSFER_BYTES, 1, TRANSFER_LIMIT));
            assertArrived(Traffic.transfer(
                    pair.wireGuardHost(), pair.culvertHost(), CULVERT_6, TRANSFER_BYTES, 2, TRANSFER_LIMIT));

            TunnelStatus status = pair.settled();
            assertThat(status.peers().getFirst().sentBytes()).isGreaterThan(TRANSFER_BYTES);
            assertThat(status.peers().getFirst().receivedBytes()).isGreaterThan(TRANSFER_BYTES);
            assertThat(status.drops()).doesNotContainKeys("unauthentic", "replayed", "datagram_malformed");
        }
    }

    private static void assertArrived(Transfer transfer) {
        assertThat(transfer.bytes()).isEqualTo(TRANSFER_BYTES);
        assertThat(transfer.receivedSha256()).isEqualTo(transfer.sentSha256());
    }
}
