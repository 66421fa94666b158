package dev.culvert.it.wireguard;

import static dev.culvert.it.wireguard.InteropPair.CULVERT_4;
import static dev.culvert.it.wireguard.InteropPair.WIREGUARD_4;
import static dev.culvert.it.wireguard.InteropPlan.End.CULVERT;
import static dev.culvert.it.wireguard.InteropPlan.End.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.it.wireguard.InteropPlan.End;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import dev.culvert.wire.MessageType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What takes minutes, side by side: two tunnels that live through a rekey, and one that is nearly silent meanwhile. */
@RequiresRoot
@Tag("patient")
final class WireGuardRekeyIT {
    private static final Duration REKEY_AFTER = Duration.ofMinutes(2); // white paper, section 6.1
    private static final Duration TRAFFIC_INTERVAL = Duration.ofMillis(50);
    private static final Duration TRAFFIC_LENGTH = REKEY_AFTER.plusSeconds(7);
    private static final int LARGEST_PING = 1392; // fills the MTU of 1420
    private static final Duration SLACK = Duration.ofSeconds(3);

    @Test
    void renewsTheSessionUnderTrafficWhoeverBeganAndAnswersDataByKeepalives() throws IOException {
        try (InteropLab lab = InteropLab.open()) {
            InteropPair ours = lab.pair(InteropPlan.begunBy(CULVERT));
            InteropPair theirs = lab.pair(InteropPlan.begunBy(WIREGUARD));
            InteropPair quiet = lab.pair(InteropPlan.begunBy(CULVERT));
            OuterCapture ourCapture = ours.capture();
            OuterCapture theirCapture = theirs.capture();
            Ping ourTraffic = traffic(ours.start().wireGuardHost(), CULVERT_4);
            Ping theirTraffic = traffic(theirs.start().wireGuardHost(), CULVERT_4);

            answersDataByAKeepalive(quiet.start());

            Ping.assertEachAnswered(ourTraffic.await());
            Ping.assertEachAnswered(theirTraffic.await());
            assertRenewed(ours, "responses_accepted", "initiations_accepted");
            assertRenewed(theirs, "initiations_accepted", "responses_accepted");
            assertRekeyInTime(ourCapture.messages(), ours, CULVERT);
            assertRekeyInTime(theirCapture.messages(), theirs, WIREGUARD);
        }
    }

    private static Ping traffic(LabHost from, String address) throws LabException {
        int count = Math.toIntExact(TRAFFIC_LENGTH.dividedBy(TRAFFIC_INTERVAL));
        return Ping.start(from, address, count, TRAFFIC_INTERVAL, LARGEST_PING);
    }

    private static void assertRenewed(InteropPair pair, String begun, String notBegun) throws LabException {
        TunnelStatus status = pair.settled();
        assertThat(status.counters()).containsEntry(begun, 2L).containsEntry(notBegun, 0L);
        assertThat(status.peers().getFirst().lostDatagrams()).isZero();
        assertThat(pair.wireGuard().strayPackets())
                .as("hellos in both sessions")
                .isEqualTo(1);
        assertThat(status.drops())
                .doesNotContainKeys("unknown_index", "session_expired", "unauthentic", "replayed", "staged_overflow");
    }

    private static void assertRekeyInTime(List<OuterMessage> messages, InteropPair pair, End initiator) {
        assertThat(messages).noneMatch(message -> message.isA(MessageType.INVALID));
        List<OuterMessage> handshakes = messages.stream()
                .filter(message -> !message.isA(MessageType.TRANSPORT))
                .toList();
        assertThat(handshakes)
                .extracting(OuterMessage::type)
                .containsExactly(
                        MessageType.INITIATION, MessageType.RESPONSE, MessageType.INITIATION, MessageType.RESPONSE);
        OuterMessage rekey = handshakes.get(2);
        assertThat(rekey.from()).isEqualTo(pair.plan().underlay().address(initiator == CULVERT ? 1 : 2));
        assertThat(rekey.at().minus(handshakes.get(1).at())).isBetween(REKEY_AFTER, REKEY_AFTER.plus(SLACK));
        OuterMessage last = messages.getLast();
        assertThat(last.at()).isGreaterThan(REKEY_AFTER.plusSeconds(5));
    }

    /** Section 6.5: within 10 s, so that the sender of the data does not think the other dead after 15 s. */
    private static void answersDataByAKeepalive(InteropPair pair) throws IOException {
        pair.culvert().awaitSessions(Duration.ofSeconds(10));
        Instant handshake = pair.wireGuard().status().latestHandshake();

        long before = pair.culvert().status().counter(CounterId.KEEPALIVES_RECEIVED);
        sendOne(pair.culvertHost(), pair.wireGuardHost(), WIREGUARD_4);
        pair.culvert()
                .awaitStatus(
                        "answered by a keepalive",
                        status -> status.counter(CounterId.KEEPALIVES_RECEIVED) == before + 1,
                        Duration.ofSeconds(10).plus(SLACK));

        long answered = pair.wireGuard().logged("Receiving keepalive packet");
        sendOne(pair.wireGuardHost(), pair.culvertHost(), CULVERT_4);
        pair.wireGuard()
                .awaitStatus(
                        "answered by a keepalive",
                        _ -> pair.wireGuard().logged("Receiving keepalive packet") == answered + 1,
                        Duration.ofSeconds(10).plus(SLACK));

        assertThat(pair.wireGuard().status().latestHandshake()).isEqualTo(handshake);
        assertThat(pair.settled().counters()).containsEntry("responses_accepted", 1L);
    }

    /** A datagram to a socket that says nothing. */
    private static void sendOne(LabHost from, LabHost to, String address) throws IOException {
        try (DatagramSocket receiver = to.call(() -> new DatagramSocket(new InetSocketAddress(address, 0)));
                DatagramSocket sender = from.call(() -> new DatagramSocket())) {
            receiver.setSoTimeout(Math.toIntExact(SLACK.toMillis()));
            sender.send(new DatagramPacket(new byte[8], 8, receiver.getLocalSocketAddress()));
            receiver.receive(new DatagramPacket(new byte[8], 8));
        }
    }
}
