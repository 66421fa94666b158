package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Frames;
import dev.culvert.testkit.TestPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {
    /** RFC 1071, section 3: the example. */
    @Test
    void sumsAsPublished() {
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {0, 1, (byte) 0xf2, 3, (byte) 0xf4, (byte) 0xf5, -10, -9});

        assertThat(Checksums.sum(bytes, 0, 8)).isEqualTo(0xddf2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sumsAsTheReferenceDoesFromEveryOffsetAndOfEveryLength(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new RandomPackets(random).bytes(300);
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        for (int index = 0; index < 20; index++) {
            for (int length = 0; index + length <= bytes.length; length++) {
                byte[] part = ByteBufUtil.getBytes(buffer, index, length);
                assertThat(Checksums.complement(Checksums.sum(buffer, index, length)))
                        .as("seed %d, %d bytes at %d", seed, length, index)
                        .isEqualTo(Frames.checksum(0, part) & 0xffff);
            }
        }
    }

    @Test
    void sumsTheLongestFrameOfOnesWithoutLosingACarry() {
        byte[] ones = new byte[65_535];
        java.util.Arrays.fill(ones, (byte) 0xff);

        assertThat(Checksums.complement(Checksums.sum(Unpooled.wrappedBuffer(ones), 0, ones.length)))
                .isEqualTo(Frames.checksum(0, ones) & 0xffff);
    }

    @ParameterizedTest
    @CsvSource({
        "0x0, 0x0",
        "0xffff, 0xffff",
        "0x10000, 0x1",
        "0xffffffff, 0xffff",
        "0x100000000, 0x1",
        "0x7fffffffffffffff, 0x7fff"
    })
    void foldsEveryCarry(String sum, String folded) {
        assertThat(Checksums.fold(Long.decode(sum))).isEqualTo(Integer.decode(folded));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "0, 0xffff, true",
        "0xffff, 0, true",
        "0xffff, 0xffff, true",
        "1, 1, true",
        "0, 1, false",
        "0xffff, 1, false"
    })
    void zeroHasTwoFaces(int one, int other, boolean same) {
        assertThat(Checksums.isSame(one, other)).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void completesWhatAnyKernelLeft(long seed) {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        PartialChecksum completion = new PartialChecksum();
        for (int i = 0; i < 500; i++) {
            TestPacket packet = packets.superPacket(1_500);
            ByteBuf buffer = padded(packet.partialFrame());

            assertThat(completion.tryComplete(buffer, 0, buffer.capacity())).isTrue();

            assertThat(ByteBufUtil.getBytes(buffer, 0, buffer.capacity()))
                    .as("seed %d, packet %d", seed, i)
                    .isEqualTo(padded(packet.frame()).array());
        }
    }

    /** An Ethernet card pads to 60 bytes; the padding is no part of the packet. */
    private static ByteBuf padded(byte[] frame) {
        byte[] padded = java.util.Arrays.copyOf(frame, frame.length + 3);
        padded[frame.length] = 77;
        return Unpooled.wrappedBuffer(padded);
    }

    @Test
    void aChecksumOfZeroIsWrittenAsOnes() {
        TestPacket datagram = TestPacket.ipv4().with(packet -> {
            packet.tcp = false;
            packet.payload = new byte[2];
        });
        byte[] frame = datagram.frame();
        int at = datagram.checksumStart() + 6;
        // The payload that makes the sum 0xffff is the checksum that there would be without it.
        TestPacket zero = datagram.with(packet -> packet.payload = new byte[] {frame[at], frame[at + 1]});
        ByteBuf buffer = Unpooled.wrappedBuffer(zero.partialFrame());

        assertThat(new PartialChecksum().tryComplete(buffer, 0, buffer.capacity()))
                .isTrue();

        assertThat(buffer.getUnsignedShort(at)).isEqualTo(0xffff);
    }

    @Test
    void whatIsNoTcpAndNoUdpHasNoPartialChecksum() {
        byte[] ping = Frames.ethernet(
                "02:00:00:00:00:02",
                "02:00:00:00:00:01",
                Frames.echoRequest("10.0.0.1", "10.0.0.2", 1, 1, new byte[10]));
        ByteBuf buffer = Unpooled.wrappedBuffer(ping.clone());

        assertThat(new PartialChecksum().tryComplete(buffer, 0, ping.length)).isFalse();
        assertThat(buffer.array()).isEqualTo(ping);
    }
}
