package dev.culvert.testkit;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * A world on one thread in which time jumps from event to event: hours of protocol run in seconds, and the same seed
 * gives the same run. Prints its seed, so that a failure can be repeated.
 */
public final class Simulation {
    private record Event(long atNanos, long order, Runnable action) {}

    private final ManualClock clock = new ManualClock();
    private final Queue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::order));
    private final Random random;
    private long elapsedNanos;
    private long order;

    public Simulation(long seed) {
        System.out.println("simulation seed " + seed);
        random = new Random(seed);
    }

    public ManualClock clock() {
        return clock;
    }

    public Random random() {
        return random;
    }

    public void after(Duration delay, Runnable action) {
        events.add(new Event(elapsedNanos + delay.toNanos(), order++, action));
    }

    public void every(Duration period, Runnable action) {
        after(period, () -> {
            action.run();
            every(period, action);
        });
    }

    /** A thread of this world: its tasks run soon and in order. */
    public Executor door() {
        return task -> after(Duration.ZERO, task);
    }

    /** Lets this much time pass, with everything that happens in it. */
    public void run(Duration duration) {
        long untilNanos = elapsedNanos + duration.toNanos();
        for (Event next = events.peek(); next != null && next.atNanos() <= untilNanos; next = events.peek()) {
            events.remove();
            moveTo(next.atNanos());
            next.action().run();
        }
        moveTo(untilNanos);
    }

    private void moveTo(long nanos) {
        clock.advance(Duration.ofNanos(nanos - elapsedNanos));
        elapsedNanos = nanos;
    }
}
