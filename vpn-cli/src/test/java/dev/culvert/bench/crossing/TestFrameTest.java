package dev.culvert.bench.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.ethernet.MacAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class TestFrameTest {
    private static final InetSocketAddress FROM = new InetSocketAddress(InetAddress.ofLiteral("10.77.1.2"), 9);
    private static final InetSocketAddress TO = new InetSocketAddress(InetAddress.ofLiteral("10.77.1.1"), 7777);
    private static final MacAddress STATION = MacAddress.parse("02:11:22:33:44:55");

    @Test
    void isUdpOverIpv4() {
        NativeMemory memory = new NativeMemory(60);
        TestFrame.write(memory, 0, 60, STATION, FROM, TO);
        // The checksum of the IP header was worked out by hand.
        assertThat(hex(memory, 0, TestFrame.HEADER_BYTES))
                .isEqualTo("021122334455" + "020000000077" + "0800"
                        + "4500002e00000000" + "4011" + "6423" + "0a4d01020a4d0101"
                        + "00091e61001a0000");
    }

    @Test
    void aSuperFrameSaysHowItIsToBeCut() {
        int bytes = TestFrame.HEADER_BYTES + 3000;
        NativeMemory memory = new NativeMemory(12 + bytes);
        TestFrame.write(memory, 12, bytes, STATION, FROM, TO);
        TestFrame.leaveToCut(memory, 12, bytes, 1472);
        assertThat(memory.buffer().get(0)).isEqualTo((byte) 1);
        assertThat(memory.buffer().get(1)).isEqualTo((byte) 5);
        assertThat(memory.buffer().order(ByteOrder.nativeOrder()).getShort(4)).isEqualTo((short) 1472);
        assertThat(memory.buffer().order(ByteOrder.nativeOrder()).getShort(6)).isEqualTo((short) 34);
    }

    @Test
    void aFrameThatFitsIsNotToBeCut() {
        int bytes = TestFrame.HEADER_BYTES + 1472;
        NativeMemory memory = new NativeMemory(12 + bytes);
        TestFrame.write(memory, 12, bytes, STATION, FROM, TO);
        TestFrame.leaveToCut(memory, 12, bytes, 1472);
        assertThat(memory.buffer().get(1)).isZero();
        assertThat(memory.buffer().getShort(4)).isZero();
    }

    private static String hex(NativeMemory memory, int offset, int bytes) {
        byte[] copy = new byte[bytes];
        memory.buffer().get(offset, copy);
        return HexFormat.of().formatHex(copy);
    }
}
