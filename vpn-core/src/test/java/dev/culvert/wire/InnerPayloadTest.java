package dev.culvert.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.wire.InnerPayload.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InnerPayloadTest {
    /** Payloads do not begin where their buffers do. */
    private static final int INDEX = 5;

    @ParameterizedTest
    @CsvSource({
        "0x00, UNKNOWN",
        "0x10, CONTROL",
        "0x20, FRAGMENT",
        "0x21, FRAGMENT",
        "0x30, ETHERNET",
        "0x3f, ETHERNET",
        "0x45, IPV4",
        "0x50, UNKNOWN",
        "0x60, IPV6",
        "0x70, UNKNOWN",
        "0xf0, UNKNOWN"
    })
    void firstNibbleSaysWhatAPayloadIs(int firstByte, Kind kind) {
        assertThat(InnerPayload.kindOf(payload(1, firstByte), INDEX, 1)).isEqualTo(kind);
    }

    @Test
    void emptyPayloadIsAKeepalive() {
        assertThat(InnerPayload.kindOf(payload(0), INDEX, 0)).isEqualTo(Kind.KEEPALIVE);
    }

    @Test
    void writesEtherIpAsPublishedWhenThereAreNeitherFlagsNorPadding() {
        ByteBuf buffer = payload(2);

        InnerPayload.writeEthernetHeader(buffer, INDEX, false, 0);

        assertThat(ByteBufUtil.hexDump(buffer, INDEX, 2)).isEqualTo("3000");
        assertThat(InnerPayload.isChecksumPartial(buffer, INDEX)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "true, 15", "false, 1", "false, 15"})
    void readsTheEthernetHeaderItWrites(boolean checksumPartial, int padding) {
        ByteBuf buffer = payload(2 + 60 + padding);

        InnerPayload.writeEthernetHeader(buffer, INDEX, checksumPartial, padding);

        assertThat(InnerPayload.ethernetFrameLength(buffer, INDEX, 2 + 60 + padding))
                .isEqualTo(60);
        assertThat(InnerPayload.isChecksumPartial(buffer, INDEX)).isEqualTo(checksumPartial);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "0x30, 0x00, 16, 14, smallest frame",
        "0x30, 0x0f, 31, 14, smallest frame with the most padding",
        "0x31, 0x00, 16, 14, checksum partial",
        "0x30, 0x00, 15, -1, shorter than an Ethernet header",
        "0x30, 0x01, 16, -1, padding leaves less than an Ethernet header",
        "0x30, 0x0f,  2, -1, more padding than payload",
        "0x30, 0x00,  1, -1, shorter than the header itself",
        "0x30, 0x00,  0, -1, empty",
        "0x32, 0x00, 60, -1, unknown flag",
        "0x38, 0x00, 60, -1, unknown flag",
        "0x30, 0x10, 60, -1, reserved nibble",
        "0x30, 0x8f, 80, -1, reserved nibble",
        "0x40, 0x00, 60, -1, not Ethernet",
    })
    void checksTheEthernetHeader(int first, int second, int payloadLength, int expected, String because) {
        ByteBuf buffer = payload(payloadLength, first, second);

        assertThat(InnerPayload.ethernetFrameLength(buffer, INDEX, payloadLength))
                .as(because)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 15", "15, 1", "16, 0", "17, 15", "1500, 4"})
    void padsToSixteen(int packetLength, int padding) {
        assertThat(InnerPayload.paddingFor(packetLength)).isEqualTo(padding);
    }

    @Test
    void neverAnswersALengthBeyondThePayload() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            ByteBuf buffer = Unpooled.wrappedBuffer(bytes);

            assertThat(InnerPayload.ethernetFrameLength(buffer, 0, bytes.length))
                    .as("seed %d, payload %d", seed, i)
                    .isLessThanOrEqualTo(bytes.length);
        }
    }

    /** A payload that fills its buffer to the end, so that reading beyond it throws. */
    private static ByteBuf payload(int length, int... firstBytes) {
        byte[] bytes = new byte[INDEX + length];
        for (int i = 0; i < Math.min(length, firstBytes.length); i++) {
            bytes[INDEX + i] = (byte) firstBytes[i];
        }
        return Unpooled.wrappedBuffer(bytes);
    }
}
