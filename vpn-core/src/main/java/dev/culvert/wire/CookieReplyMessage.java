package dev.culvert.wire;

import java.util.Arrays;

/** What a responder under load answers instead of a response (WireGuard white paper, section 5.4.7). */
public final class CookieReplyMessage {
    public static final int NONCE_BYTES = 24;
    public static final int COOKIE_BYTES = 16;

    static final int TYPE = 3;

    static final int RECEIVER_INDEX = Layout.TYPE_WORD_BYTES;
    static final int NONCE = RECEIVER_INDEX + Layout.INDEX_BYTES;
    static final int SEALED_COOKIE = NONCE + NONCE_BYTES;
    public static final int LENGTH = SEALED_COOKIE + COOKIE_BYTES + Layout.TAG_BYTES;

    private CookieReplyMessage() {}

    public static byte[] create(int receiverIndex, byte[] nonce, byte[] sealedCookie) {
        byte[] message = new byte[LENGTH];
        Layout.putInt(message, 0, TYPE);
        Layout.putInt(message, RECEIVER_INDEX, receiverIndex);
        System.arraycopy(nonce, 0, message, NONCE, NONCE_BYTES);
        System.arraycopy(sealedCookie, 0, message, SEALED_COOKIE, LENGTH - SEALED_COOKIE);
        return message;
    }

    public static boolean matches(byte[] message) {
        return Layout.matches(message, TYPE, LENGTH);
    }

    public static int receiverIndex(byte[] message) {
        return Layout.getInt(message, RECEIVER_INDEX);
    }

    public static byte[] nonce(byte[] message) {
        return Arrays.copyOfRange(message, NONCE, SEALED_COOKIE);
    }

    public static byte[] sealedCookie(byte[] message) {
        return Arrays.copyOfRange(message, SEALED_COOKIE, LENGTH);
    }
}
