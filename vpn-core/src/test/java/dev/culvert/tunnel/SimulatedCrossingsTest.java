package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.SimulatedNetwork.Conditions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the lane does while news for it, or of it, is still on its way between the threads. */
class SimulatedCrossingsTest {
    private final SimulatedPair world = new SimulatedPair(20261123);

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    /** As the reply to a ping: the kernel has it ready when the lane has hardly given it the request. */
    @Test
    void aReplyThatIsReadyBeforeTheSessionIsConfirmedCausesNoHandshakeOfItsOwn() {
        world.start("a", false, world.peer("b"));
        world.start("b", false, world.waitingFor("a"));
        world.tunnel("a").send(frame("a", "b", 1, 46));
        onceRightBehindTheFirstTransportMessage(() -> world.tunnel("b").send(frame("b", "a", 2, 46)));
        world.run(Duration.ofSeconds(1));

        assertThat(world.tunnel("b").received()).hasSize(1);
        assertThat(world.tunnel("a").received()).hasSize(1);
        assertThat(world.tunnel("a").count(CounterId.INITIATIONS_ACCEPTED)).isZero();
        assertThat(world.tunnel("b").count(CounterId.INITIATIONS_ACCEPTED)).isEqualTo(1);
    }

    /** Runs {@code action} after the lane has received that message, and before the control loop hears of it. */
    private void onceRightBehindTheFirstTransportMessage(Runnable action) {
        Duration delay = Conditions.PERFECT.minDelay();
        AtomicBoolean seen = new AtomicBoolean();
        world.network.setFilter(datagram -> {
            if (datagram.type() == 4 && seen.compareAndSet(false, true)) {
                // By way of an event of its own: of two events at the same time, the one asked for first comes first.
                world.simulation.after(Duration.ZERO, () -> world.simulation.after(delay, action));
            }
            return true;
        });
    }
}
