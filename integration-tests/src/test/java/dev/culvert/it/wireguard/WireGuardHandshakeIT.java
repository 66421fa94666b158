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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First contact, in every combination, and then a lot of data. */
@RequiresRoot
final class WireGuardHandshakeIT {
    private static final long TRANSFER_BYTES = 100_000_000;
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(40);

    /** Every choice meets every other in one of the rows. */
    @ParameterizedTest
    @CsvSource({
        // underlay, initiator, preshared key
        "IPV4, CULVERT, false",
        "IPV4, WIREGUARD, true",
        "IPV6, CULVERT, true",
        "IPV6, WIREGUARD, false",
    })
    void carriesIpv4AndIpv6WhoeverBegins(Underlay underlay, End initiator, boolean presharedKey) throws LabException {
        InteropPlan plan = new InteropPlan(underlay, initiator, presharedKey, List.of());
        try (InteropLab lab = InteropLab.open()) {
            InteropPair pair = lab.pair(plan);
            OuterCapture capture = pair.capture();
            pair.start();

            boolean culvertBegins = initiator == CULVERT;
            if (culvertBegins) {
                Ping.answers(pair.culvertHost(), WIREGUARD_4);
                Ping.answers(pair.wireGuardHost(), CULVERT_6);
            } else { // which has begun nothing yet: it waits for something to send
                Ping.answers(pair.wireGuardHost(), CULVERT_4);
                Ping.answers(pair.culvertHost(), WIREGUARD_6);
            }

            TunnelStatus status = pair.settled();
            assertThat(status.mtu()).isEqualTo(1420);
            assertThat(status.counters())
                    .containsEntry("responses_accepted", culvertBegins ? 1L : 0L)
                    .containsEntry("initiations_accepted", culvertBegins ? 0L : 1L);
            assertThat(status.peers().getFirst().presharedKey()).isEqualTo(presharedKey);
            assertThat(pair.wireGuard().status().hasSession()).isTrue();
            assertThat(status.peers().getFirst().cipher().orElseThrow().name()).isEqualTo("chacha20-poly1305");
            assertThat(pair.wireGuard().strayPackets()).as("hellos").isEqualTo(1);
            assertIsWireGuardOfOneHandshake(capture.messages(), plan);
        }
    }

    private static void assertIsWireGuardOfOneHandshake(List<OuterMessage> messages, InteropPlan plan) {
        assertThat(messages).noneMatch(message -> message.isA(MessageType.INVALID));
        assertThat(messages.get(0).type()).isEqualTo(MessageType.INITIATION);
        assertThat(messages.get(0).from()).isEqualTo(plan.underlay().address(plan.initiator() == CULVERT ? 1 : 2));
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
