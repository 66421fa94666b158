package dev.culvert.wire;

/**
 * What initiations and responses have in common: the sender's index behind the type, and two MACs at the end. The
 * methods take a message of either type.
 */
public final class HandshakeMessage {
    public static final int MAC_BYTES = Layout.MAC_BYTES;

    static final int SENDER_INDEX = Layout.TYPE_WORD_BYTES;

    private HandshakeMessage() {}

    public static int senderIndex(byte[] message) {
        return Layout.getInt(message, SENDER_INDEX);
    }

    /** Where mac1 stands, which is also how many bytes it covers. */
    public static int mac1Offset(int messageLength) {
        return mac2Offset(messageLength) - MAC_BYTES;
    }

    /** Where mac2 stands, which is also how many bytes it covers. */
    public static int mac2Offset(int messageLength) {
        return messageLength - MAC_BYTES;
    }
}
