package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.broadcast;
import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.metrics.CounterId;
import dev.culvert.tunnel.TunnelStatus.PeerState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a tunnel whose other end restarts, is away, or has other keys. */
class SimulatedSilenceTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final SimulatedPair world = new SimulatedPair(20261123);

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    @Nested
    class WhenAnEndRestarts {
        @Test
        void anEndThatKnowsTheOtherRecoversAtOnce() {
            world.startAb();
            world.tunnel("a").kill();
            world.start("a", false, world.peer("b"));
            world.tunnel("a").send(frame("a", "b", 1, 46));
            world.run(SHORT);
            assertThat(world.tunnel("b").received()).hasSize(1);
        }

        @Test
        void anEndThatWaitsIsFoundAgainWhenTrafficStaysUnanswered() {
            world.startAb();
            world.tunnel("b").kill();
            world.start("b", false, world.waitingFor("a"));
            int number = 0;
            for (int second = 0; second < 18; second++) {
                world.tunnel("a").send(frame("a", "b", number++, 46));
                world.run(Duration.ofSeconds(1));
            }
            world.tunnel("b").received();
            world.tunnel("a").send(frame("a", "b", number, 46));
            world.run(SHORT);
            assertThat(world.tunnel("b").received()).hasSize(1);
            assertThat(world.tunnel("b").count(CounterId.UNKNOWN_INDEX)).isPositive();
        }
    }

    @Nested
    class WhenNobodyAnswers {
        @Test
        void stagedFramesAreKeptInOrderUpToTheLimitAndTheOldestGo() {
            world.network.setFilter(datagram -> false);
            world.startAb();
            int surplus = 72;
            int frames = Encapsulator.MAX_STAGED_FRAMES + surplus;
            for (int i = 0; i < frames; i++) {
                world.tunnel("a").send(frame("a", "b", i, 46));
            }
            assertThat(world.tunnel("a").count(CounterId.STAGED_OVERFLOW)).isEqualTo(surplus);

            world.network.setFilter(datagram -> true);
            world.run(Duration.ofSeconds(6));

            List<byte[]> expected = IntStream.range(surplus, frames)
                    .mapToObj(i -> frame("a", "b", i, 46))
                    .toList();
            assertThat(TestHosts.texts(world.tunnel("b").received())).isEqualTo(TestHosts.texts(expected));
        }

        @Test
        void theTunnelGivesStagedFramesUpAfterNinetySecondsButGoesOnTrying() {
            world.start("a", false, world.peer("b"));
            world.tunnel("a").send(broadcast("a", 1));
            world.run(Duration.ofSeconds(80));
            assertThat(world.tunnel("a").peer("b").stagedFrames()).isEqualTo(1);
            assertThat(world.tunnel("a").peer("b").state()).isEqualTo(PeerState.UNREACHABLE);
            assertThat(world.tunnel("a").peer("b").detail()).contains("simulated silence");

            world.run(Duration.ofSeconds(30));
            assertThat(world.tunnel("a").count(CounterId.STAGED_GIVEN_UP)).isEqualTo(1);
            assertThat(Duration.between(
                            world.tunnel("a").peer("b").unansweredSince().orElseThrow(),
                            world.simulation.clock().now()))
                    .isBetween(Duration.ofSeconds(109), Duration.ofSeconds(111));

            world.run(Duration.ofMinutes(30));
            world.start("b", false, world.waitingFor("a"));
            world.run(Duration.ofSeconds(16));
            assertThat(world.tunnel("b").peer("a").state()).isEqualTo(PeerState.ESTABLISHED);
        }

        @Test
        void newTrafficBringsTheTunnelBackToFullSpeed() {
            world.start("a", false, world.peer("b"));
            world.tunnel("a").send(broadcast("a", 1));
            world.run(Duration.ofSeconds(100));
            world.network.startCapture();
            for (int second = 0; second < 30; second++) {
                world.tunnel("a").send(broadcast("a", second));
                world.run(Duration.ofSeconds(1));
            }
            long initiations = world.network.captured().stream()
                    .filter(datagram -> datagram.type() == 1)
                    .count();
            assertThat(initiations).isBetween(5L, 7L);
        }
    }

    @Nested
    class WhenKeysDiffer {
        @Test
        void aWrongPresharedKeyIsToldAtTheInitiator() {
            PresharedKey one = PresharedKey.of(new byte[PresharedKey.BYTES]);
            byte[] other = new byte[PresharedKey.BYTES];
            other[0] = 1;
            world.start("a", false, SimulatedPair.with(world.peer("b"), Optional.of(one), Optional.empty()));
            world.start(
                    "b",
                    false,
                    SimulatedPair.with(world.waitingFor("a"), Optional.of(PresharedKey.of(other)), Optional.empty()));
            world.run(Duration.ofSeconds(7));
            assertThat(world.tunnel("a").peer("b").detail()).contains("preshared keys");
            assertThat(world.tunnel("a").count(CounterId.HANDSHAKE_UNAUTHENTIC)).isPositive();
            assertThat(world.tunnel("b").peer("a").state()).isNotEqualTo(PeerState.ESTABLISHED);
        }

        @Test
        void anUnknownInitiatorIsRefusedWithItsKey() {
            world.start("a", false, world.peer("b"));
            world.start("b", false, world.waitingFor("c"));
            world.run(Duration.ofSeconds(7));
            assertThat(world.tunnel("b").count(CounterId.UNKNOWN_PEER)).isEqualTo(2);
            assertThat(world.tunnel("b").status().refusedHandshakes())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.reason())
                            .contains(world.key("a").publicKey().toBase64()));
        }
    }
}
