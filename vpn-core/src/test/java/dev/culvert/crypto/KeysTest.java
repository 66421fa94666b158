package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    private static final Randomness RANDOM = new Random(7)::nextBytes;

    @Test
    void readsTheTextItWrites() throws KeyFormatException {
        try (PrivateKey key = PrivateKey.generate(RANDOM);
                PresharedKey presharedKey = PresharedKey.generate(RANDOM);
                PrivateKey readKey = PrivateKey.fromBase64(key.revealBase64());
                PresharedKey readPresharedKey = PresharedKey.fromBase64(presharedKey.revealBase64())) {
            assertThat(readKey.publicKey()).isEqualTo(key.publicKey());
            assertThat(readPresharedKey.secret().reveal())
                    .isEqualTo(presharedKey.secret().reveal());
            assertThat(PublicKey.fromBase64(key.publicKey().toBase64()))
                    .isEqualTo(key.publicKey())
                    .hasSameHashCodeAs(key.publicKey());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "too short,           AAAA,                                          found 4",
        "too long,            AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==,  found 45",
        "not base64,          '?AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', not base64",
        "33 bytes,            AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,   32 bytes",
        "31 bytes,            AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==,   32 bytes",
        "bits beyond the key, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=,   32 bytes",
    })
    void refusesTextThatIsNoKeyWithoutRepeatingIt(String because, String text, String says) {
        assertThatThrownBy(() -> PublicKey.fromBase64(text))
                .as(because)
                .isInstanceOf(KeyFormatException.class)
                .hasMessageContaining(says)
                .hasMessageNotContaining(text);
    }

    @Test
    void refusesBytesOfAnotherLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(new byte[PublicKey.BYTES - 1]));
        assertThatIllegalArgumentException().isThrownBy(() -> PrivateKey.of(new byte[PrivateKey.BYTES + 1]));
        assertThatIllegalArgumentException().isThrownBy(() -> PresharedKey.of(new byte[0]));
    }

    @Test
    void generatesClampedPrivateKeys() {
        for (int i = 0; i < 100; i++) {
            try (PrivateKey key = PrivateKey.generate(RANDOM)) {
                assertThat(key.reveal()[0] & 0b111).isZero();
                assertThat(key.reveal()[PrivateKey.BYTES - 1] & 0b1100_0000).isEqualTo(0b0100_0000);
            }
        }
    }

    @Test
    void printsNoSecret() {
        try (PrivateKey key = PrivateKey.generate(RANDOM);
                PresharedKey presharedKey = PresharedKey.generate(RANDOM)) {
            assertPrintsNothingOf(key.reveal(), key);
            assertPrintsNothingOf(presharedKey.secret().reveal(), presharedKey);
            assertPrintsNothingOf(presharedKey.secret().reveal(), presharedKey.secret());
        }
    }

    @Test
    void wipesWhatIsClosed() {
        PrivateKey key = PrivateKey.generate(RANDOM);
        PresharedKey presharedKey = PresharedKey.generate(RANDOM);

        key.close();
        presharedKey.close();

        assertThat(key.reveal()).containsOnly(0);
        assertThat(presharedKey.secret().reveal()).containsOnly(0);
    }

    @Test
    void copiesTheBytesItIsGiven() {
        byte[] bytes = RANDOM.bytes(PublicKey.BYTES);
        PublicKey key = PublicKey.of(bytes);
        byte[] before = key.toBytes();

        bytes[0] ^= 1;
        key.toBytes()[1] ^= 1;

        assertThat(key.toBytes()).isEqualTo(before);
    }

    private static void assertPrintsNothingOf(byte[] secret, Object holder) {
        assertThat(holder.toString())
                .doesNotContain(HexFormat.of().formatHex(secret, 0, 4))
                .doesNotContain(Base64.getEncoder().encodeToString(secret).substring(0, 6));
    }
}
