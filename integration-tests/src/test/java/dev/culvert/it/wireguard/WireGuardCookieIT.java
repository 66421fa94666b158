package dev.culvert.it.wireguard;

import static dev.culvert.it.wireguard.InteropPair.CULVERT_4;
import static dev.culvert.it.wireguard.InteropPair.PORT;
import static dev.culvert.it.wireguard.InteropPair.WIREGUARD_4;
import static dev.culvert.it.wireguard.InteropPlan.End.CULVERT;
import static dev.culvert.it.wireguard.InteropPlan.End.WIREGUARD;
import static dev.culvert.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import dev.culvert.wire.MessageType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * White paper, section 5.3: who is flooded with initiations answers with cookies, and serves those who come back with
 * one. The flood comes from a host beside the pair, over a cable of its own.
 */
@RequiresRoot
final class WireGuardCookieIT {
    private static final InetSocketAddress VICTIM = new InetSocketAddress("198.51.100.1", PORT);
    /** The first initiation is answered by a cookie, the next goes out 5 s later; a flood may swallow one of them. */
    private static final Duration SESSION_LIMIT = Duration.ofSeconds(40);

    @Test
    void wireGuardGetsThroughToAFloodedCulvertByACookie() throws LabException {
        try (InteropLab lab = InteropLab.open()) {
            InteropPair pair = lab.pair(InteropPlan.begunBy(WIREGUARD));
            OuterCapture capture = pair.capture();
            pair.start();
            LabHost stranger = lab.stranger(pair.culvertHost());

            try (InitiationFlood flood = InitiationFlood.start(stranger, VICTIM, pair.publicKeyOf(CULVERT))) {
                eventually("under load", () -> flood.cookieReplies() > 0);
                Ping.start(pair.wireGuardHost(), CULVERT_4, 1, Duration.ofSeconds(1), 56);
                pair.wireGuard().awaitStatus("connected", WireGuardGo.Status::hasSession, SESSION_LIMIT);
                assertIsStillUnderLoad(flood);
            }

            Ping.answers(pair.wireGuardHost(), CULVERT_4);
            TunnelStatus status = pair.settled();
            assertThat(status.counter(CounterId.COOKIES_DEMANDED)).isPositive();
            assertThat(status.counters()).containsEntry("initiations_accepted", 1L);
            assertThat(pair.wireGuard().logged("Receiving cookie response")).isPositive();
            assertCookieWasUsed(capture.messages());
        }
    }

    @Test
    void culvertGetsThroughToAFloodedWireGuardByACookie() throws LabException {
        try (InteropLab lab = InteropLab.open()) {
            InteropPair pair = lab.pair(InteropPlan.begunBy(CULVERT));
            OuterCapture capture = pair.capture();
            LabHost stranger = lab.stranger(pair.wireGuardHost());
            pair.startWireGuard();

            try (InitiationFlood flood = InitiationFlood.start(stranger, VICTIM, pair.publicKeyOf(WIREGUARD))) {
                eventually("under load", () -> flood.cookieReplies() > 0);
                pair.startCulvert(); // which begins at once
                pair.culvert().awaitSessions(SESSION_LIMIT);
                assertIsStillUnderLoad(flood);
            }

            Ping.answers(pair.culvertHost(), WIREGUARD_4);
            assertThat(pair.settled().counters())
                    .containsEntry("responses_accepted", 1L)
                    .containsEntry("handshake_unexpected", 0L)
                    .hasEntrySatisfying(
                            "cookies_accepted", accepted -> assertThat(accepted).isPositive());
            assertCookieWasUsed(capture.messages());
        }
    }

    /** So the handshake that has just completed was one under load. */
    private static void assertIsStillUnderLoad(InitiationFlood flood) {
        long before = flood.cookieReplies();
        eventually("cookie replies after the handshake", () -> flood.cookieReplies() > before);
    }

    private static void assertCookieWasUsed(List<OuterMessage> messages) {
        assertThat(messages).noneMatch(message -> message.isA(MessageType.INVALID));
        List<OuterMessage> handshake = messages.stream()
                .filter(message -> !message.isA(MessageType.TRANSPORT))
                .toList();
        assertThat(handshake.getFirst()).matches(first -> first.isA(MessageType.INITIATION) && !first.mac2());
        assertThat(handshake).anyMatch(message -> message.isA(MessageType.COOKIE_REPLY));
        OuterMessage answered = handshake.get(handshake.size() - 2);
        assertThat(answered)
                .as("the initiation that was answered")
                .matches(initiation -> initiation.isA(MessageType.INITIATION) && initiation.mac2());
        assertThat(handshake.getLast().type()).isEqualTo(MessageType.RESPONSE);
    }
}
