package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.ethernet.ForwardingTable.Owner;
import dev.culvert.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table against the plainest thing that could do the same. */
class ForwardingTableModelTest {
    private static final ForwardingLimits LIMITS = new ForwardingLimits(24, 10, 8, Duration.ofMinutes(1));
    private static final String LOCAL = "local";
    private static final List<String> OWNERS = List.of(LOCAL, "alice", "bob", "carol");
    private static final int STEPS = 50_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithTheModel(long seed) {
        Random random = new Random(seed);
        ManualClock clock = new ManualClock();
        ForwardingTable<String> table = new ForwardingTable<>(LIMITS, seed);
        Model model = new Model();
        Set<Learned> outcomes = EnumSet.noneOf(Learned.class);
        for (int step = 0; step < STEPS; step++) {
            clock.advance(Duration.ofMillis(random.nextInt(random.nextInt(50) == 0 ? 40_000 : 300)));
            long now = clock.nanoTime();
            long mac = 0x0200_0000_0000L + random.nextInt(random.nextBoolean() ? 3 : 40); // a few flap
            String owner = OWNERS.get(random.nextInt(OWNERS.size()));
            if (random.nextInt(1_000) == 0 && !owner.equals(LOCAL)) {
                table.forget(owner);
                model.forget(owner);
            }
            Learned learned = owner.equals(LOCAL) ? table.learnLocal(mac, now) : table.learn(mac, owner, now);
            outcomes.add(learned);
            assertThat(learned).as("seed %d, step %d", seed, step).isEqualTo(model.learn(mac, owner, now));
            assertThat(name(table.ownerOf(mac, now))).isEqualTo(model.ownerOf(mac, now));
            assertThat(table.size()).as("seed %d, step %d", seed, step).isEqualTo(model.entries.size());
        }
        assertThat(outcomes).as("seed %d met every outcome", seed).containsExactly(Learned.values());
    }

    private static @Nullable String name(@Nullable Owner<String> owner) {
        if (owner == null) {
            return null;
        }
        return owner.isLocal() ? LOCAL : owner.peer();
    }

    private static final class Model {
        private final Map<Long, Entry> entries = new LinkedHashMap<>();
        private final Map<Long, List<Long>> moves = new LinkedHashMap<>();
        private final Map<Long, Long> heldSince = new LinkedHashMap<>();
        private @Nullable Long reclaimedAt;

        private record Entry(String owner, long lastUsed) {
            boolean isExpired(long now) {
                return now - lastUsed >= LIMITS.age().toNanos();
            }
        }

        Learned learn(long mac, String owner, long now) {
            Entry entry = entries.get(mac);
            if (entry != null && entry.isExpired(now)) {
                drop(mac);
                entry = null;
            }
            if (entry != null && entry.owner.equals(owner)) {
                entries.put(mac, new Entry(owner, now));
                return Learned.KNOWN;
            }
            if (entry != null && isHeldDown(mac, now)) {
                return Learned.HELD_DOWN;
            }
            boolean isNew = entry == null;
            if (!hasRoom(owner, isNew)) {
                reclaim(now);
                if (!hasRoom(owner, isNew)) {
                    return Learned.LIMIT_REACHED;
                }
            }
            if (!isNew) {
                countMove(mac, now);
            }
            entries.put(mac, new Entry(owner, now));
            return isNew ? Learned.ADDED : Learned.MOVED;
        }

        @Nullable
        String ownerOf(long mac, long now) {
            Entry entry = entries.get(mac);
            return entry == null || entry.isExpired(now) ? null : entry.owner;
        }

        void forget(String owner) {
            new ArrayList<>(entries.keySet())
                    .stream().filter(mac -> has(mac, owner)).forEach(this::drop);
        }

        private boolean hasRoom(String owner, boolean isNew) {
            int limit = owner.equals(LOCAL) ? LIMITS.local() : LIMITS.perPeer();
            long used = entries.keySet().stream().filter(mac -> has(mac, owner)).count();
            return used < limit && (!isNew || entries.size() < LIMITS.total());
        }

        private boolean has(Long mac, String owner) {
            Entry entry = entries.get(mac);
            return entry != null && entry.owner.equals(owner);
        }

        private void reclaim(long now) {
            if (reclaimedAt == null
                    || now - reclaimedAt >= Duration.ofSeconds(1).toNanos()) {
                reclaimedAt = now;
                new ArrayList<>(entries.keySet())
                        .stream().filter(mac -> ownerOf(mac, now) == null).forEach(this::drop);
            }
        }

        private void drop(Long mac) {
            entries.remove(mac);
            moves.remove(mac);
            heldSince.remove(mac);
        }

        private boolean isHeldDown(Long mac, long now) {
            long holdDown = ForwardingTable.HOLD_DOWN.toNanos();
            Long since = heldSince.get(mac);
            if (since != null && now - since < holdDown) {
                return true;
            }
            if (since != null) {
                heldSince.remove(mac);
                moves.remove(mac);
            }
            List<Long> made = moves.getOrDefault(mac, List.of());
            if (made.size() >= ForwardingTable.MAX_MOVES && now - made.getFirst() < holdDown) {
                heldSince.put(mac, now);
                return true;
            }
            return false;
        }

        private void countMove(Long mac, long now) {
            List<Long> made = moves.computeIfAbsent(mac, _ -> new ArrayList<>());
            if (!made.isEmpty() && now - made.getFirst() >= ForwardingTable.HOLD_DOWN.toNanos()) {
                made.clear();
            }
            made.add(now);
        }
    }
}
