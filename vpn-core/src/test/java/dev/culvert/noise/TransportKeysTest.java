package dev.culvert.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.Hash;
import dev.culvert.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TransportKeysTest {
    private static final String LABEL = "culvert aes-256-gcm 1";

    private static byte[] key(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }

    private static TransportKeys keys() {
        return new TransportKeys(SecretBytes.owning(key(1)), SecretBytes.owning(key(2)));
    }

    @Test
    void derivedKeysAreHkdfOfEachKeyAndTheLabel() {
        byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
        try (TransportKeys keys = keys();
                TransportKeys derived = keys.derive(LABEL)) {
            // RFC 5869 with the label as input and the key as salt: extract, then one block of expand without info.
            assertThat(derived.send().reveal()).isEqualTo(Hash.hmac(Hash.hmac(key(1), label), new byte[] {1}));
            assertThat(derived.receive().reveal()).isEqualTo(Hash.hmac(Hash.hmac(key(2), label), new byte[] {1}));
        }
    }

    @Test
    void anotherLabelGivesOtherKeys() {
        try (TransportKeys keys = keys();
                TransportKeys derived = keys.derive(LABEL);
                TransportKeys other = keys.derive("another")) {
            assertThat(derived.send().reveal()).isNotEqualTo(other.send().reveal());
        }
    }

    @Test
    void theKeysTheyComeFromStayAsTheyAre() {
        try (TransportKeys keys = keys()) {
            keys.derive(LABEL).close();

            assertThat(keys.send().reveal()).isEqualTo(key(1));
            assertThat(keys.receive().reveal()).isEqualTo(key(2));
        }
    }
}
