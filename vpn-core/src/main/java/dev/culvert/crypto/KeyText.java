package dev.culvert.crypto;

import java.util.Arrays;
import java.util.Base64;

/** What all 32-byte keys share: their size, and their text as {@code wg genkey} writes it, 44 characters of base64. */
final class KeyText {
    static final int KEY_BYTES = 32;
    private static final int TEXT_CHARACTERS = 44;

    private KeyText() {}

    static byte[] parse(String text) throws KeyFormatException {
        if (text.length() != TEXT_CHARACTERS) {
            throw new KeyFormatException(
                    "expected %d base64 characters, found %d".formatted(TEXT_CHARACTERS, text.length()));
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new KeyFormatException("not base64");
        }
        // 44 characters can also be 31 or 33 bytes; and the last character may carry bits beyond the key.
        if (bytes.length != KEY_BYTES || !format(bytes).equals(text)) {
            Arrays.fill(bytes, (byte) 0);
            throw new KeyFormatException("not the base64 of 32 bytes");
        }
        return bytes;
    }

    static String format(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    static byte[] copyOf(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        return key.clone();
    }
}
