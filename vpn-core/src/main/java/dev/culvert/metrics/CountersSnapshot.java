package dev.culvert.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sum of several threads' counters at one moment; immutable. */
public final class CountersSnapshot {
    private final long[] sums;

    private CountersSnapshot(long[] sums) {
        this.sums = sums;
    }

    public static CountersSnapshot of(Collection<Counters> counters) {
        long[] sums = new long[Counters.size()];
        counters.forEach(each -> each.addTo(sums));
        return new CountersSnapshot(sums);
    }

    public long get(CounterId id) {
        return sums[id.ordinal()];
    }

    /** The sum of this and {@code other}. */
    public CountersSnapshot plus(CountersSnapshot other) {
        long[] added = sums.clone();
        for (int i = 0; i < added.length; i++) {
            added[i] += other.sums[i];
        }
        return new CountersSnapshot(added);
    }

    /** Every counter by its text name, in the order of the stages. */
    public Map<String, Long> byName() {
        Map<String, Long> named = new LinkedHashMap<>();
        for (CounterId id : CounterId.values()) {
            named.put(id.text(), get(id));
        }
        return named;
    }

    /** The drops that happened, by reason, in the order of the stages. */
    public Map<CounterId, Long> drops() {
        Map<CounterId, Long> drops = new EnumMap<>(CounterId.class);
        for (CounterId id : CounterId.values()) {
            if (id.role() == CounterId.Role.DROP && get(id) != 0) {
                drops.put(id, get(id));
            }
        }
        return drops;
    }

    /**
     * The stages that lost count, as sentences; empty when every frame and datagram is accounted for. Exact only while
     * nothing is moving.
     *
     * @param held frames or datagrams each stage holds at the moment (staged, queued); a stage not named holds none
     */
    public List<String> imbalances(Map<Stage, Long> held) {
        List<String> found = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            long in = sum(stage, CounterId.Role.IN);
            long out = sum(stage, CounterId.Role.OUT);
            long dropped = sum(stage, CounterId.Role.DROP);
            long holding = held.getOrDefault(stage, 0L);
            if (in != out + dropped + holding) {
                found.add("%s: %d in, but %d out + %d dropped + %d held".formatted(stage, in, out, dropped, holding));
            }
        }
        return found;
    }

    private long sum(Stage stage, CounterId.Role role) {
        long sum = 0;
        for (CounterId id : CounterId.values()) {
            if (id.stage() == stage && id.role() == role) {
                sum += get(id);
            }
        }
        return sum;
    }
}
