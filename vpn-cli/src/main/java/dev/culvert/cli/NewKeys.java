package dev.culvert.cli;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;

/** Fresh keys. */
final class NewKeys {
    private NewKeys() {}

    static PrivateKey privateKey() {
        byte[] bytes = random(PrivateKey.BYTES);
        // RFC 7748, section 5: clamped as wg genkey does, so that the file says what is used
        bytes[0] &= (byte) 0b1111_1000;
        bytes[31] &= (byte) 0b0111_1111;
        bytes[31] |= (byte) 0b0100_0000;
        try {
            return PrivateKey.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static PresharedKey presharedKey() {
        byte[] bytes = random(PresharedKey.BYTES);
        try {
            return PresharedKey.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
