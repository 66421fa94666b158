package dev.culvert.it.wireguard;

import static dev.culvert.it.wireguard.InteropPlan.End.CULVERT;
import static dev.culvert.it.wireguard.InteropPlan.End.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.LabException;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.wire.MessageType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A persistent keepalive of one second at one end: it makes the session, without any traffic, and keeps it alive. */
@RequiresRoot
@Tag("patient")
final class WireGuardKeepaliveIT {
    private static final int KEEPALIVES = 4;
    private static final int INITIATION_BYTES = 148;
    private static final int KEEPALIVE_BYTES = 32;
    private static final int HELLO_BYTES = 48; // one, the stray packet that a WireGuard drops
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Test
    void eachEndSeesThePersistentKeepaliveOfTheOther() throws LabException {
        try (InteropLab lab = InteropLab.open()) {
            InteropPair fromCulvert = lab.pair(InteropPlan.begunBy(CULVERT).withKeepaliveOf(CULVERT));
            InteropPair fromWireGuard = lab.pair(InteropPlan.begunBy(WIREGUARD).withKeepaliveOf(WIREGUARD));
            OuterCapture culverts = fromCulvert.capture();
            OuterCapture wireGuards = fromWireGuard.capture();
            fromCulvert.start();
            fromWireGuard.start();

            fromWireGuard
                    .culvert()
                    .awaitStatus(
                            "in receipt of keepalives",
                            status -> status.counter(CounterId.KEEPALIVES_RECEIVED) >= KEEPALIVES,
                            LIMIT);
            assertThat(fromWireGuard.settled().counters())
                    .containsEntry("initiations_accepted", 1L)
                    .containsEntry("frames_opened", 0L);

            WireGuardGo.Status seen = fromCulvert
                    .wireGuard()
                    .awaitStatus(
                            "in receipt of keepalives",
                            status -> status.receivedBytes()
                                    >= INITIATION_BYTES + HELLO_BYTES + KEEPALIVES * KEEPALIVE_BYTES,
                            LIMIT);
            assertThat(seen.hasSession()).isTrue();
            assertThat(fromCulvert.wireGuard().logged("Receiving keepalive packet"))
                    .isGreaterThanOrEqualTo(KEEPALIVES);

            assertKeepalivesOf(fromCulvert.plan(), InteropPair.CULVERT_HOST, culverts.messages());
            assertKeepalivesOf(fromWireGuard.plan(), InteropPair.WIREGUARD_HOST, wireGuards.messages());
        }
    }

    private static void assertKeepalivesOf(InteropPlan plan, int host, List<OuterMessage> messages) {
        List<OuterMessage> transport = messages.stream()
                .filter(message -> message.isA(MessageType.TRANSPORT))
                .toList();
        assertThat(transport)
                .filteredOn(message -> !message.keepalive())
                .as("besides keepalives, the hello")
                .extracting(OuterMessage::from)
                .containsExactly(plan.underlay().address(InteropPair.CULVERT_HOST));
        List<OuterMessage> keepalives = transport.stream()
                .filter(OuterMessage::keepalive)
                .filter(message -> message.from().equals(plan.underlay().address(host)))
                .toList();
        for (int i = 2; i < KEEPALIVES; i++) { // the first confirms the session
            Duration gap = keepalives.get(i).at().minus(keepalives.get(i - 1).at());
            assertThat(gap).isBetween(Duration.ofMillis(800), Duration.ofMillis(1500));
        }
    }
}
