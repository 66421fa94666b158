package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
    private static final Vectors VECTORS = Vectors.load("blake2s");
    private static final byte[] KEY = counting(32);

    @Test
    void hashesAsRfc7693() {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);

        assertThat(Hash.hash(abc)).isEqualTo(VECTORS.hex("abc"));
        assertThat(Hash.hash()).isEqualTo(VECTORS.hex("empty"));
    }

    @Test
    void hashesPartsAsTheirConcatenation() {
        byte[] whole = counting(100);

        assertThat(Hash.hash(Arrays.copyOf(whole, 70), Arrays.copyOfRange(whole, 70, 100)))
                .isEqualTo(Hash.hash(whole));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65, 128, 200})
    void authenticatesWithAKey(int length) {
        try (KeyedMac mac = new KeyedMac(KEY)) {
            assertThat(mac.of(counting(200), length)).isEqualTo(VECTORS.hex("mac." + length));
            assertThat(mac.of(counting(200), length)).as("used again").isEqualTo(VECTORS.hex("mac." + length));
        }
    }

    @Test
    void authenticatesByHmac() {
        assertThat(Hash.hmac(KEY, counting(200))).isEqualTo(VECTORS.hex("hmac.200"));
        assertThat(Hash.hmac(counting(100), counting(200))).isEqualTo(VECTORS.hex("hmac.long.key"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void derivesKeys(int outputs) {
        byte[][] derived = Hash.hkdf(KEY, counting(200), outputs);

        assertThat(derived).hasNumberOfRows(outputs);
        for (int i = 0; i < outputs; i++) {
            assertThat(derived[i]).isEqualTo(VECTORS.hex("hkdf." + (i + 1)));
        }
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
