package dev.culvert.wire;

import io.netty.buffer.ByteBuf;

/** The first check of every datagram. */
public final class MessageClassifier {
    private MessageClassifier() {}

    /** The type of the message whose readable bytes these are. Allocates nothing; the indices do not move. */
    public static MessageType classify(ByteBuf datagram) {
        int length = datagram.readableBytes();
        if (length < Layout.TYPE_WORD_BYTES) {
            return MessageType.INVALID;
        }
        // One read for the type and the three reserved bytes: a reserved byte that is not zero matches no type.
        return switch (datagram.getIntLE(datagram.readerIndex())) {
            case InitiationMessage.TYPE -> typeIf(length == InitiationMessage.LENGTH, MessageType.INITIATION);
            case ResponseMessage.TYPE -> typeIf(length == ResponseMessage.LENGTH, MessageType.RESPONSE);
            case CookieReplyMessage.TYPE -> typeIf(length == CookieReplyMessage.LENGTH, MessageType.COOKIE_REPLY);
            case TransportMessage.TYPE -> typeIf(length >= TransportMessage.MIN_LENGTH, MessageType.TRANSPORT);
            default -> MessageType.INVALID;
        };
    }

    private static MessageType typeIf(boolean hasItsLength, MessageType type) {
        return hasItsLength ? type : MessageType.INVALID;
    }
}
