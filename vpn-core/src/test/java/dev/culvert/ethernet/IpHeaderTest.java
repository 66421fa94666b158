package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Frames;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpHeaderTest {
    private static final int INDEX = 5;

    @Test
    void readsIpv4() {
        byte[] bytes = Frames.udp("10.0.0.1", 1, "10.0.0.2", 2, new byte[10]);
        ByteBuf packet = Frames.bufferAt(INDEX, bytes);
        try {
            assertThat(IpHeader.isValid(packet, INDEX, bytes.length)).isTrue();
            assertThat(IpHeader.headerBytes(packet, INDEX)).isEqualTo(IpHeader.V4_LENGTH);
            assertThat(IpHeader.packetBytes(packet, INDEX)).isEqualTo(bytes.length);
            assertThat(IpHeader.protocol(packet, INDEX)).isEqualTo(IpHeader.PROTOCOL_UDP);
            assertThat(IpHeader.v4Source(packet, INDEX)).isEqualTo(0x0a00_0001);
            assertThat(IpHeader.v4Destination(packet, INDEX)).isEqualTo(0x0a00_0002);
        } finally {
            packet.release();
        }
    }

    @Test
    void readsIpv6() {
        byte[] bytes = Frames.echoRequest("fd00::1", "fd00::2", 1, 1, new byte[10]);
        ByteBuf packet = Frames.bufferAt(INDEX, bytes);
        try {
            assertThat(IpHeader.isValid(packet, INDEX, bytes.length)).isTrue();
            assertThat(IpHeader.headerBytes(packet, INDEX)).isEqualTo(IpHeader.V6_LENGTH);
            assertThat(IpHeader.packetBytes(packet, INDEX)).isEqualTo(bytes.length);
            assertThat(IpHeader.protocol(packet, INDEX)).isEqualTo(IpHeader.PROTOCOL_ICMPV6);
            assertThat(IpHeader.v6SourceHigh(packet, INDEX)).isEqualTo(0xfd00L << 48);
            assertThat(IpHeader.v6SourceLow(packet, INDEX)).isEqualTo(1);
            assertThat(IpHeader.v6DestinationHigh(packet, INDEX)).isEqualTo(0xfd00L << 48);
            assertThat(IpHeader.v6DestinationLow(packet, INDEX)).isEqualTo(2);
        } finally {
            packet.release();
        }
    }

    /** A valid packet of 30 (IPv4) or 50 (IPv6) bytes with one byte changed, cut or padded to a length. */
    @ParameterizedTest(name = "{0} {1}={2} {3}: {5}")
    @CsvSource({
        "10.0.0.1, 0, 0x45, 30, true,  as it was",
        "10.0.0.1, 0, 0x45, 32, true,  padding may follow",
        "10.0.0.1, 0, 0x45, 29, false, the last byte is missing",
        "10.0.0.1, 0, 0x45, 19, false, not even a header",
        "10.0.0.1, 0, 0x45, 0,  false, nothing at all",
        "10.0.0.1, 0, 0x44, 30, false, a header of 16 bytes",
        "10.0.0.1, 0, 0x47, 30, true,  options that fit",
        "10.0.0.1, 0, 0x48, 30, false, options longer than the packet",
        "10.0.0.1, 0, 0x55, 30, false, version 5",
        "10.0.0.1, 0, 0x05, 30, false, version 0",
        "10.0.0.1, 3, 31,   30, false, total length beyond the bytes",
        "10.0.0.1, 3, 19,   30, false, total length within the header",
        "10.0.0.1, 2, 0xff, 30, false, the high byte of the length counts",
        "fd00::1,  0, 0x60, 50, true,  as it was",
        "fd00::1,  0, 0x60, 64, true,  padding may follow",
        "fd00::1,  0, 0x60, 49, false, the last byte is missing",
        "fd00::1,  0, 0x60, 39, false, not even a header",
        "fd00::1,  5, 11,   50, false, payload length beyond the bytes",
        "fd00::1,  5, 0,    50, true,  no payload",
    })
    void validIsWhatItsOwnLengthsAllow(
            String address, int offset, int value, int length, boolean valid, String because) {
        byte[] bytes = Frames.ip(address, address, 59, new byte[10]);
        ByteBuf packet = Frames.bufferAt(INDEX, bytes);
        try {
            packet.setByte(INDEX + offset, value);
            packet.writeZero(Math.max(length - bytes.length, 0));

            assertThat(IpHeader.isValid(packet, INDEX, length)).as(because).isEqualTo(valid);
        } finally {
            packet.release();
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "0x4000, false, do not fragment",
        "0x2000, false, the first fragment still has its header",
        "0x2001, true,  the second",
        "0x0001, true,  the last",
    })
    void onlyLaterFragmentsLackTheirHeader(int field, boolean later, String because) {
        ByteBuf packet = Frames.buffer(Frames.udp("10.0.0.1", 1, "10.0.0.2", 2, new byte[10]));
        try {
            packet.setShort(IpHeader.V4_FRAGMENT, field);
            assertThat(IpHeader.isLaterV4Fragment(packet, 0)).as(because).isEqualTo(later);
        } finally {
            packet.release();
        }
    }
}
