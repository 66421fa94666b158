package dev.culvert.wire;

import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;

/**
 * What one end tells the other of itself in each session (docs/protocol.md, "Hello").
 *
 * @param isAnswer it answers the other end's, and wants no answer itself
 * @param secondIndex receiver index for datagrams sealed with AES-256-GCM; empty when the sender opens none
 * @param asksForSecond the sender wants AES-256-GCM, whatever the grades say
 * @param chaCha20Grade what the sender's machine makes of ChaCha20-Poly1305: 0 to 255, 0 for nothing
 * @param aesGcmGrade the same for AES-256-GCM
 */
public record HelloMessage(
        boolean isAnswer, OptionalInt secondIndex, boolean asksForSecond, int chaCha20Grade, int aesGcmGrade) {
    static final int VERSION_OFFSET = ControlMessage.BODY;
    static final int CAPABILITIES = VERSION_OFFSET + 2; // after version (1) and reserved (1)
    static final int SECOND_INDEX = CAPABILITIES + 4;
    static final int CHACHA20_GRADE = SECOND_INDEX + Layout.INDEX_BYTES;
    static final int AES_GCM_GRADE = CHACHA20_GRADE + 1;
    static final int LENGTH = AES_GCM_GRADE + 3; // 16, with two reserved bytes: WireGuard's payloads come in sixteens

    /** Later versions only append to this one. */
    static final byte VERSION = 1;

    static final int OFFERS_SECOND = 1;
    static final int ASKS_FOR_SECOND = 1 << 1;

    public byte[] toBytes() {
        ControlMessage.Kind kind = isAnswer ? ControlMessage.Kind.HELLO_ANSWER : ControlMessage.Kind.HELLO;
        byte[] message = new byte[LENGTH];
        message[ControlMessage.FIRST] = ControlMessage.FIRST_BYTE;
        message[ControlMessage.KIND] = (byte) kind.code();
        message[VERSION_OFFSET] = VERSION;
        int capabilities = (secondIndex.isPresent() ? OFFERS_SECOND : 0) | (asksForSecond ? ASKS_FOR_SECOND : 0);
        Layout.putInt(message, CAPABILITIES, capabilities);
        Layout.putInt(message, SECOND_INDEX, secondIndex.orElse(0));
        message[CHACHA20_GRADE] = (byte) chaCha20Grade;
        message[AES_GCM_GRADE] = (byte) aesGcmGrade;
        return message;
    }

    /** Reads what {@link ControlMessage#kindOf} calls a hello or its answer. */
    public static HelloMessage of(ByteBuf buffer, int index) {
        int capabilities = buffer.getIntLE(index + CAPABILITIES);
        boolean offersSecond = (capabilities & OFFERS_SECOND) != 0;
        return new HelloMessage(
                buffer.getUnsignedByte(index + ControlMessage.KIND) == ControlMessage.Kind.HELLO_ANSWER.code(),
                offersSecond ? OptionalInt.of(buffer.getIntLE(index + SECOND_INDEX)) : OptionalInt.empty(),
                (capabilities & ASKS_FOR_SECOND) != 0,
                buffer.getUnsignedByte(index + CHACHA20_GRADE),
                buffer.getUnsignedByte(index + AES_GCM_GRADE));
    }
}
