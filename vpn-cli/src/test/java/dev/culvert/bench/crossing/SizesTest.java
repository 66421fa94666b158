package dev.culvert.bench.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SizesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void aBatchIsAsWarmHoweverManyFramesACrossingCarries(int perCall) {
        for (Sizes sizes : new Sizes[] {Sizes.ALL, Sizes.FEW}) {
            assertThat(sizes.batched(perCall)).contains(Sizes.SMALLEST, Sizes.EVERYDAY);
            for (int bytes : sizes.batched(perCall)) {
                int frames = Sizes.batch(bytes, perCall);
                assertThat(frames % perCall).isZero();
                assertThat(frames).isBetween(Sizes.batch(bytes) - perCall + 1, Sizes.batch(bytes));
            }
        }
    }
}
