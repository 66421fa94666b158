package dev.culvert.wire;

import io.netty.buffer.ByteBuf;

/**
 * A message between two Culverts inside a transport message (docs/protocol.md, "Control messages"): a first byte, a
 * kind, a body that may be longer than this version knows.
 */
public final class ControlMessage {
    static final int FIRST_BYTE = 0x10;
    static final int FIRST = 0;
    static final int KIND = FIRST + 1;
    static final int BODY = KIND + 1;

    /** What a payload is that claims to be a control message. */
    public enum Kind {
        HELLO(1),
        HELLO_ANSWER(2),
        /** Of a later version. */
        UNKNOWN(-1),
        /** Too short for what it is, or another first byte. */
        MALFORMED(-1);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private ControlMessage() {}

    /** Allocates nothing; the buffer's indices do not move. */
    public static Kind kindOf(ByteBuf buffer, int index, int payloadLength) {
        if (payloadLength < BODY || buffer.getUnsignedByte(index + FIRST) != FIRST_BYTE) {
            return Kind.MALFORMED;
        }
        return switch (buffer.getUnsignedByte(index + KIND)) {
            case 1 -> kindIf(payloadLength >= HelloMessage.LENGTH, Kind.HELLO);
            case 2 -> kindIf(payloadLength >= HelloMessage.LENGTH, Kind.HELLO_ANSWER);
            default -> Kind.UNKNOWN;
        };
    }

    private static Kind kindIf(boolean hasRoomForIt, Kind kind) {
        return hasRoomForIt ? kind : Kind.MALFORMED;
    }
}
