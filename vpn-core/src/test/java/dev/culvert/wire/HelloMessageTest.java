package dev.culvert.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Frames;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelloMessageTest {
    private static HelloMessage read(byte[] message) {
        ByteBuf buffer = Frames.bufferAt(5, message);
        try {
            return HelloMessage.of(buffer, 5);
        } finally {
            buffer.release();
        }
    }

    private static ControlMessage.Kind kindOf(byte[] message) {
        ByteBuf buffer = Frames.bufferAt(5, message);
        try {
            return ControlMessage.kindOf(buffer, 5, message.length);
        } finally {
            buffer.release();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, 0x01020304, true,  2, 3, 10 01 01 00 03000000 04030201 02 03 0000",
        "true,  -1,         false, 2, 3, 10 02 01 00 01000000 ffffffff 02 03 0000",
        "false, ,           false, 1, 0, 10 01 01 00 00000000 00000000 01 00 0000",
        "true,  0,          true,  0, 255, 10 02 01 00 03000000 00000000 00 ff 0000",
    })
    void standsOnTheWireAsDocumented(
            boolean answer, Integer index, boolean asks, int chaCha20, int aesGcm, String bytes) {
        OptionalInt second = index == null ? OptionalInt.empty() : OptionalInt.of(index);
        HelloMessage hello = new HelloMessage(answer, second, asks, chaCha20, aesGcm);

        assertThat(hello.toBytes()).isEqualTo(HexFormat.of().parseHex(bytes.replace(" ", "")));
        assertThat(read(hello.toBytes())).isEqualTo(hello);
        assertThat(kindOf(hello.toBytes()))
                .isEqualTo(answer ? ControlMessage.Kind.HELLO_ANSWER : ControlMessage.Kind.HELLO);
    }

    @Test
    void whatALaterVersionAppendsIsIgnored() {
        HelloMessage hello = new HelloMessage(false, OptionalInt.of(7), false, 2, 3);
        byte[] longer = Arrays.copyOf(hello.toBytes(), HelloMessage.LENGTH + 9);
        longer[HelloMessage.VERSION_OFFSET] = 2;
        longer[HelloMessage.CAPABILITIES + 3] = (byte) 0x80;
        longer[HelloMessage.LENGTH + 8] = 1;

        assertThat(kindOf(longer)).isEqualTo(ControlMessage.Kind.HELLO);
        assertThat(read(longer)).isEqualTo(hello);
    }

    @ParameterizedTest
    @CsvSource({
        "10,                               MALFORMED, no kind",
        "1f 01 01 00 0000000000000000 0000 0000, MALFORMED, another first byte",
        "10 01 01 00 0000000000000000 0000 00,   MALFORMED, a byte short",
        "10 02 01 00 0000000000000000 0000 00,   MALFORMED, a byte short",
        "10 03,                            UNKNOWN, of a later version",
        "10 00,                            UNKNOWN, of no version",
        "10 ff 01 00 0000000000000000 0000 0000, UNKNOWN, of a later version",
    })
    void othersAreToldApart(String bytes, ControlMessage.Kind kind, String because) {
        assertThat(kindOf(HexFormat.of().parseHex(bytes.replace(" ", ""))))
                .as(because)
                .isEqualTo(kind);
    }
}
