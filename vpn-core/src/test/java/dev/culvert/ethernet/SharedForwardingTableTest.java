package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.ethernet.ForwardingTable.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One table, several lanes at once. */
@Timeout(60)
class SharedForwardingTableTest {
    private static final int PEERS = 4;
    private static final int ADDRESSES = 400;
    private static final long RUN_NANOS = Duration.ofSeconds(2).toNanos();

    /** Small, so that places are taken, given up and closed up without end. */
    private final ForwardingTable<Integer> table = new ForwardingTable<>(
            new ForwardingLimits(ADDRESSES, ADDRESSES / 2, ADDRESSES / 2, Duration.ofMillis(1)), 5);

    private final AtomicBoolean done = new AtomicBoolean();

    /** An address is used by one peer only: whoever it is found behind must be that one. */
    private static int peerOf(long mac) {
        return (int) (mac % PEERS);
    }

    private long write(int seed) {
        Random random = new Random(seed);
        long begun = System.nanoTime();
        long learned = 0;
        while (System.nanoTime() - begun < RUN_NANOS) {
            long mac = 1L + random.nextInt(2 * ADDRESSES);
            table.learn(mac, peerOf(mac), System.nanoTime()); // and what expires meanwhile moves others
            if (random.nextInt(500) == 0) {
                table.removeExpired(System.nanoTime());
            }
            learned++;
        }
        done.set(true);
        return learned;
    }

    private long read(int seed) {
        Random random = new Random(seed);
        long found = 0;
        while (!done.get()) {
            long mac = 1L + random.nextInt(2 * ADDRESSES);
            Owner<Integer> owner = table.ownerOf(mac, System.nanoTime());
            if (owner != null) {
                assertThat(owner.peer()).isEqualTo(peerOf(mac));
                found++;
            }
        }
        return found;
    }

    @Test
    void readersSeeOnlyWhatWasLearned() throws Exception {
        try (ExecutorService lanes = Executors.newFixedThreadPool(4)) {
            List<Future<Long>> work = new ArrayList<>();
            for (int lane = 0; lane < 2; lane++) {
                int seed = lane;
                work.add(lanes.submit(() -> write(seed)));
                work.add(lanes.submit(() -> read(seed)));
            }
            for (Future<Long> each : work) {
                assertThat(each.get()).isGreaterThan(1_000);
            }
        }
        assertThat(table.of(0).size()
                        + table.of(1).size()
                        + table.of(2).size()
                        + table.of(3).size())
                .as("of each owner together, as many as there are")
                .isEqualTo(table.size());
    }
}
