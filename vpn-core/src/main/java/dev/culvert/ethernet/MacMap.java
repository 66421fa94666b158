package dev.culvert.ethernet;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map from 48-bit addresses to values, of fixed capacity: looked into twice for every frame, so keys are not boxed and
 * nothing but the value a caller puts is ever allocated. Linear probing; removal closes the gap, so there are no
 * tombstones to clean up. Not thread safe; but {@link #get} may run while another thread writes, under a lock, and then
 * returns anything, which its caller has to notice: it neither fails nor goes on without end, for half of the places are
 * empty.
 *
 * <p>The keys are chosen by whoever sends frames. The hash is keyed with a secret seed, so that nobody can choose keys
 * that meet in one place and turn every look-up into a scan.
 */
final class MacMap<V> {
    private static final long EMPTY = -1; // no 48-bit address
    private static final long SEED_STEP = 0x9e37_79b9_7f4a_7c15L; // 2^64 divided by the golden ratio

    private final long[] keys;
    private final @Nullable Object[] values;
    private final int mask;
    private final long xor;
    private final long firstFactor;
    private final long secondFactor;
    private int size;

    /** At most half of the places are ever taken, which keeps probes short. */
    MacMap(int maxEntries, long seed) {
        int places = Integer.highestOneBit(2 * maxEntries - 1) * 2;
        keys = new long[places];
        values = new @Nullable Object[places];
        mask = places - 1;
        Arrays.fill(keys, EMPTY);
        xor = scramble(seed + SEED_STEP);
        firstFactor = scramble(seed + 2 * SEED_STEP) | 1;
        secondFactor = scramble(seed + 3 * SEED_STEP) | 1;
    }

    int size() {
        return size;
    }

    @Nullable
    V get(long mac) {
        return valueAt(placeOf(mac));
    }

    /** The caller sees to it that there are never more entries than the map was made for. */
    void put(long mac, V value) {
        int place = placeOf(mac);
        if (keys[place] == EMPTY) {
            keys[place] = mac;
            size++;
        }
        values[place] = value;
    }

    void remove(long mac) {
        int place = placeOf(mac);
        if (keys[place] != EMPTY) {
            removeAt(place);
        }
    }

    void removeIf(Predicate<? super V> condition) {
        int place = 0;
        while (place < keys.length) {
            V value = valueAt(place);
            if (value != null && condition.test(value)) {
                removeAt(place); // may have moved a later entry here: look at this place again
            } else {
                place++;
            }
        }
    }

    void forEach(Consumer<? super V> action) {
        for (int place = 0; place < keys.length; place++) {
            V value = valueAt(place);
            if (value != null) {
                action.accept(value);
            }
        }
    }

    /** Where a search for {@code mac} begins. */
    int home(long mac) {
        long hash = (mac ^ xor) * firstFactor;
        hash = (hash ^ (hash >>> 32)) * secondFactor;
        return (int) (hash >>> 32) & mask;
    }

    /** The place that holds {@code mac}, or the empty one where it would go. */
    private int placeOf(long mac) {
        int place = home(mac);
        while (keys[place] != mac && keys[place] != EMPTY) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** Moves every entry that only stood further on because {@code gap} was taken back into it, and so on. */
    private void removeAt(int gap) {
        int place = (gap + 1) & mask;
        while (keys[place] != EMPTY) {
            int distanceFromHome = (place - home(keys[place])) & mask;
            int distanceFromGap = (place - gap) & mask;
            if (distanceFromHome >= distanceFromGap) {
                keys[gap] = keys[place];
                values[gap] = values[place];
                gap = place;
            }
            place = (place + 1) & mask;
        }
        keys[gap] = EMPTY;
        values[gap] = null;
        size--;
    }

    @SuppressWarnings("unchecked") // only put() writes values, and it takes nothing but a V
    private @Nullable V valueAt(int place) {
        return (V) values[place];
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static long scramble(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
