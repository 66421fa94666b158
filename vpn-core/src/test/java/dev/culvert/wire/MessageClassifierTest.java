package dev.culvert.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageClassifierTest {
    @Test
    void messagesHaveTheLengthsOfTheWhitePaper() {
        assertThat(InitiationMessage.LENGTH).isEqualTo(148);
        assertThat(ResponseMessage.LENGTH).isEqualTo(92);
        assertThat(CookieReplyMessage.LENGTH).isEqualTo(64);
        assertThat(TransportMessage.HEADER_BYTES).isEqualTo(16);
        assertThat(TransportMessage.MIN_LENGTH).isEqualTo(32);
    }

    @ParameterizedTest(name = "type {0}, {1} bytes: {2}")
    @CsvSource({
        "1, 148,  INITIATION,   its length",
        "1, 147,  INVALID,      too short",
        "1, 149,  INVALID,      too long",
        "2, 92,   RESPONSE,     its length",
        "2, 91,   INVALID,      too short",
        "2, 93,   INVALID,      too long",
        "3, 64,   COOKIE_REPLY, its length",
        "3, 63,   INVALID,      too short",
        "3, 65,   INVALID,      too long",
        "4, 32,   TRANSPORT,    a keepalive",
        "4, 31,   INVALID,      no room for a tag",
        "4, 33,   TRANSPORT,    frames are not padded to 16",
        "4, 1500, TRANSPORT,    any length",
        "0, 148,  INVALID,      no such type",
        "5, 148,  INVALID,      no such type",
        "4, 3,    INVALID,      not even a type",
        "4, 0,    INVALID,      empty",
    })
    void classifiesByTypeAndLength(int type, int length, MessageType expected, String because) {
        byte[] message = new byte[length];
        if (length > 0) {
            message[0] = (byte) type;
        }

        assertThat(classify(message)).as(because).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 148", "2, 92", "3, 64", "4, 32"})
    void refusesReservedBytesThatAreNotZero(int type, int length) {
        for (int reserved = 1; reserved <= 3; reserved++) {
            byte[] message = new byte[length];
            message[0] = (byte) type;
            message[reserved] = (byte) 0x80;

            assertThat(classify(message)).isEqualTo(MessageType.INVALID);
        }
    }

    @Test
    void looksOnlyAtTheReadableBytes() {
        ByteBuf datagram = Unpooled.buffer();
        datagram.writeZero(7).writeByte(4).writeZero(31);

        assertThat(MessageClassifier.classify(datagram)).isEqualTo(MessageType.INVALID);
        assertThat(MessageClassifier.classify(datagram.skipBytes(7))).isEqualTo(MessageType.TRANSPORT);
        assertThat(datagram.readableBytes()).isEqualTo(32);
    }

    @Test
    void survivesRandomBytes() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            byte[] message = new byte[random.nextInt(160)];
            random.nextBytes(message);

            assertThat(classify(message)).as("seed %d, message %d", seed, i).isNotNull();
        }
    }

    private static MessageType classify(byte[] message) {
        return MessageClassifier.classify(Unpooled.wrappedBuffer(message));
    }
}
