package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Vectors;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandshakeAeadTest {
    @ParameterizedTest
    @EnumSource
    void sealsAndOpensAsPublished(HandshakeAead aead) {
        Vectors vectors = vectorsOf(aead);

        assertThat(aead.seal(vectors.hex("key"), vectors.hex("nonce"), vectors.hex("ad"), vectors.hex("plaintext")))
                .isEqualTo(vectors.hex("sealed"));
        assertThat(aead.open(vectors.hex("key"), vectors.hex("nonce"), vectors.hex("ad"), vectors.hex("sealed")))
                .hasValue(vectors.hex("plaintext"));
    }

    @ParameterizedTest
    @EnumSource
    void opensNothingOfWhichAByteWasChanged(HandshakeAead aead) {
        Vectors vectors = vectorsOf(aead);
        for (String part : new String[] {"key", "nonce", "ad", "sealed"}) {
            for (int i = 0; i < vectors.hex(part).length; i++) {
                assertThat(aead.open(
                                changed(vectors, "key", part, i),
                                changed(vectors, "nonce", part, i),
                                changed(vectors, "ad", part, i),
                                changed(vectors, "sealed", part, i)))
                        .as("%s, byte %d", part, i)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensNothingWithoutRoomForATag(HandshakeAead aead) {
        Vectors vectors = vectorsOf(aead);
        byte[] tooShort = new byte[HandshakeAead.TAG_BYTES - 1];

        assertThat(aead.open(vectors.hex("key"), vectors.hex("nonce"), vectors.hex("ad"), tooShort))
                .isEmpty();
    }

    private static Vectors vectorsOf(HandshakeAead aead) {
        return Vectors.load(aead.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The value of {@code key}, with one bit flipped if that is the part to change. */
    private static byte[] changed(Vectors vectors, String key, String part, int index) {
        byte[] value = vectors.hex(key);
        if (key.equals(part)) {
            value[index] ^= 1;
        }
        return value;
    }
}
