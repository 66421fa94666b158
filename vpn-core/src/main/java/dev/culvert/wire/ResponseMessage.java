package dev.culvert.wire;

import java.util.Arrays;

/** The second message of a handshake (WireGuard white paper, section 5.4.3). */
public final class ResponseMessage {
    static final int TYPE = 2;

    static final int SENDER_INDEX = HandshakeMessage.SENDER_INDEX;
    static final int RECEIVER_INDEX = SENDER_INDEX + Layout.INDEX_BYTES;
    static final int EPHEMERAL = RECEIVER_INDEX + Layout.INDEX_BYTES;
    static final int SEALED_NOTHING = EPHEMERAL + Layout.KEY_BYTES;
    static final int MAC1 = SEALED_NOTHING + Layout.TAG_BYTES;
    static final int MAC2 = MAC1 + Layout.MAC_BYTES;
    public static final int LENGTH = MAC2 + Layout.MAC_BYTES;

    private ResponseMessage() {}

    /** A message whose MACs are still zero. */
    public static byte[] create(int senderIndex, int receiverIndex, byte[] noiseMessage) {
        byte[] message = new byte[LENGTH];
        Layout.putInt(message, 0, TYPE);
        Layout.putInt(message, SENDER_INDEX, senderIndex);
        Layout.putInt(message, RECEIVER_INDEX, receiverIndex);
        System.arraycopy(noiseMessage, 0, message, EPHEMERAL, MAC1 - EPHEMERAL);
        return message;
    }

    public static boolean matches(byte[] message) {
        return Layout.matches(message, TYPE, LENGTH);
    }

    public static int receiverIndex(byte[] message) {
        return Layout.getInt(message, RECEIVER_INDEX);
    }

    /** Ephemeral and sealed nothing stand as Noise writes them: its second message in one piece. */
    public static byte[] noiseMessage(byte[] message) {
        return Arrays.copyOfRange(message, EPHEMERAL, MAC1);
    }
}
