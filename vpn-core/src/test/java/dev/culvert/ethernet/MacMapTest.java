package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacMapTest {
    private static final int CAPACITY = 64;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsAHashMapDoes(long seed) {
        Random random = new Random(seed);
        MacMap<Integer> map = new MacMap<>(CAPACITY, seed);
        Map<Long, Integer> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long mac = random.nextInt(2 * CAPACITY); // few keys, so that every operation meets an entry
            int choice = random.nextInt(100);
            if (choice == 0) {
                int divisor = 2 + random.nextInt(3);
                map.removeIf(value -> value % divisor == 0);
                model.values().removeIf(value -> value % divisor == 0);
            } else if (choice < 45) {
                map.remove(mac);
                model.remove(mac);
            } else if (model.size() < CAPACITY || model.containsKey(mac)) {
                map.put(mac, step);
                model.put(mac, step);
            }
            assertThat(map.get(mac)).as("seed %d, step %d", seed, step).isEqualTo(model.get(mac));
            assertThat(map.size()).isEqualTo(model.size());
        }
        List<Integer> values = new ArrayList<>();
        map.forEach(values::add);
        assertThat(values).containsExactlyInAnyOrderElementsOf(model.values());
    }

    @Test
    void addressesAimedAtOnePlaceMissItUnderAnotherSeed() {
        MacMap<Integer> known = new MacMap<>(1024, 1);
        MacMap<Integer> secret = new MacMap<>(1024, 2);
        long[] aimed = LongStream.iterate(1, mac -> mac + 1)
                .filter(mac -> known.home(mac) == known.home(1))
                .limit(1024)
                .toArray();

        long places = LongStream.of(aimed).mapToInt(secret::home).distinct().count();
        assertThat(places).isGreaterThan(700); // 1024 keys thrown at random into 2048 places hit about 806
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void addressesInARowAreSpread(long seed) { // as a manufacturer or a cloud numbers them
        MacMap<Integer> map = new MacMap<>(1024, seed);
        long places = LongStream.range(0x0200_0000_0000L, 0x0200_0000_0400L)
                .mapToInt(map::home)
                .distinct()
                .count();
        assertThat(places).isGreaterThan(700);
    }
}
