package dev.culvert.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Tai64nTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void countsFromTheTaiEpoch() {
        assertThat(HexFormat.of().formatHex(Tai64n.of(Instant.EPOCH).toBytes())).isEqualTo("400000000000000a00000000");
    }

    @Test
    void readsTheBytesItWrites() {
        Tai64n timestamp = Tai64n.of(NOON.plusNanos(987_654_321));

        assertThat(timestamp.toBytes()).hasSize(Tai64n.BYTES);
        assertThat(Tai64n.read(timestamp.toBytes())).isEqualTo(timestamp);
    }

    @Test
    void tellsNoTimesApartThatLieWithinAboutSixteenMilliseconds() {
        assertThat(Tai64n.of(NOON.plusNanos((1 << 24) - 1))).isEqualTo(Tai64n.of(NOON));
        assertThat(Tai64n.of(NOON.plusNanos(1 << 24)).isAfter(Tai64n.of(NOON))).isTrue();
    }

    @Test
    void nextIsAlwaysLater() {
        Tai64n timestamp = Tai64n.of(NOON);
        for (int i = 0; i < 200; i++) {
            Tai64n next = timestamp.next();

            assertThat(next.isAfter(timestamp)).isTrue();
            assertThat(next.nanos()).isBetween(0, 999_999_999);
            timestamp = next;
        }
        assertThat(timestamp.seconds()).isEqualTo(Tai64n.of(NOON).seconds() + 3);
    }

    @Test
    void isOrderedLikeItsBytesWhateverTheyAre() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] one = new byte[Tai64n.BYTES];
            random.nextBytes(one);
            byte[] other = one.clone();
            other[random.nextInt(Tai64n.BYTES)] = (byte) random.nextInt();

            assertThat(Tai64n.read(one).isAfter(Tai64n.read(other)))
                    .as("seed %d, pair %d", seed, i)
                    .isEqualTo(Arrays.compareUnsigned(one, other) > 0);
        }
    }
}
