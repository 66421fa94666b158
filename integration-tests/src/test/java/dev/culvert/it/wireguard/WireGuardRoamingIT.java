package dev.culvert.it.wireguard;

import static dev.culvert.it.wireguard.InteropPair.CULVERT_4;
import static dev.culvert.it.wireguard.InteropPair.CULVERT_HOST;
import static dev.culvert.it.wireguard.InteropPair.PORT;
import static dev.culvert.it.wireguard.InteropPair.WIREGUARD_4;
import static dev.culvert.it.wireguard.InteropPair.WIREGUARD_HOST;
import static dev.culvert.it.wireguard.InteropPlan.End.CULVERT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.it.wireguard.InteropPlan.Underlay;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabPort;
import dev.culvert.testkit.RequiresRoot;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** White paper, section 2.1: a peer is where its last authenticated message came from. */
@RequiresRoot
@Tag("patient")
final class WireGuardRoamingIT {
    private static final int NEW_CULVERT_HOST = 11;
    private static final int NEW_WIREGUARD_HOST = 12;
    private static final int NEW_PORT = 51999;

    private static final int REQUESTS = 120;
    private static final Duration INTERVAL = Duration.ofMillis(50);
    /** A host without an address can send nothing; one second of that is far more than a move takes. */
    private static final int LOST_AT_MOST =
            80; // two thirds: moving takes programs, which take their time on a busy machine

    @ParameterizedTest
    @EnumSource
    void trafficGoesOnWhenEitherEndMoves(Underlay underlay) throws LabException {
        try (InteropLab lab = InteropLab.open()) {
            InteropPair pair =
                    lab.pair(InteropPlan.begunBy(CULVERT).over(underlay)).start();
            Ping.answers(pair.culvertHost(), WIREGUARD_4);

            Ping toWireGuard = Ping.start(pair.culvertHost(), WIREGUARD_4, REQUESTS, INTERVAL, 56);
            move(underlay, pair.cable().first(), CULVERT_HOST, NEW_CULVERT_HOST);
            assertMostAnswered(toWireGuard);
            Ping.answers(pair.wireGuardHost(), CULVERT_4);
            assertThat(pair.wireGuard().status().remote()).isEqualTo(underlay.remote(NEW_CULVERT_HOST, PORT));

            Ping toCulvert = Ping.start(pair.wireGuardHost(), CULVERT_4, REQUESTS, INTERVAL, 56);
            move(underlay, pair.cable().second(), WIREGUARD_HOST, NEW_WIREGUARD_HOST);
            pair.wireGuard().listenOn(PORT); // or it clings to the source address it was last reached at
            assertMostAnswered(toCulvert);
            Ping.answers(pair.culvertHost(), WIREGUARD_4);
            assertCulvertSees(pair, PORT);

            pair.wireGuard().listenOn(NEW_PORT);
            Ping.answers(pair.wireGuardHost(), CULVERT_4);
            Ping.answers(pair.culvertHost(), WIREGUARD_4);
            assertCulvertSees(pair, NEW_PORT);

            assertThat(pair.settled().counters())
                    .as("the session of the beginning is still in use")
                    .containsEntry("responses_accepted", 1L)
                    .containsEntry("initiations_accepted", 0L);
        }
    }

    private static void move(Underlay underlay, LabPort port, int from, int to) throws LabException {
        port.host().ip("address", "del", underlay.prefix(from), "dev", port.name());
        port.address(underlay.prefix(to));
    }

    private static void assertMostAnswered(Ping ping) throws LabException {
        Ping.Answers answers = ping.await();
        assertThat(answers.sent() - answers.received()).as("lost while moving").isLessThanOrEqualTo(LOST_AT_MOST);
    }

    private static void assertCulvertSees(InteropPair pair, int port) throws LabException {
        assertThat(pair.culvert().status().peers().getFirst().remote())
                .contains(pair.plan().underlay().remote(NEW_WIREGUARD_HOST, port));
    }
}
