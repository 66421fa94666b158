package dev.culvert.wire;

import java.util.Arrays;

/** The first message of a handshake (WireGuard white paper, section 5.4.2). */
public final class InitiationMessage {
    static final int TYPE = 1;

    static final int SENDER_INDEX = HandshakeMessage.SENDER_INDEX;
    static final int EPHEMERAL = SENDER_INDEX + Layout.INDEX_BYTES;
    static final int SEALED_STATIC = EPHEMERAL + Layout.KEY_BYTES;
    static final int SEALED_TIMESTAMP = SEALED_STATIC + Layout.KEY_BYTES + Layout.TAG_BYTES;
    static final int MAC1 = SEALED_TIMESTAMP + Layout.TIMESTAMP_BYTES + Layout.TAG_BYTES;
    static final int MAC2 = MAC1 + Layout.MAC_BYTES;
    public static final int LENGTH = MAC2 + Layout.MAC_BYTES;

    private InitiationMessage() {}

    /** A message whose MACs are still zero. */
    public static byte[] create(int senderIndex, byte[] noiseMessage) {
        byte[] message = new byte[LENGTH];
        Layout.putInt(message, 0, TYPE);
        Layout.putInt(message, SENDER_INDEX, senderIndex);
        System.arraycopy(noiseMessage, 0, message, EPHEMERAL, MAC1 - EPHEMERAL);
        return message;
    }

    public static boolean matches(byte[] message) {
        return Layout.matches(message, TYPE, LENGTH);
    }

    /** Ephemeral, static and timestamp stand as Noise writes them: its first message in one piece. */
    public static byte[] noiseMessage(byte[] message) {
        return Arrays.copyOfRange(message, EPHEMERAL, MAC1);
    }
}
