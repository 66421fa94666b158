package dev.culvert.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Virtio headers as the kernel writes them, by the numbers of linux/virtio_net.h. */
public final class Virtio {
    public static final byte[] NONE = header(0, 0, 0, 0, 0, 0);

    private Virtio() {}

    public static byte[] header(
            int flags, int gsoType, int headerBytes, int gsoSize, int checksumStart, int checksumOffset) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) flags)
                .put((byte) gsoType)
                .putShort((short) headerBytes)
                .putShort((short) gsoSize)
                .putShort((short) checksumStart)
                .putShort((short) checksumOffset)
                .array();
    }

    /** As one read gives them, or one write takes them. */
    public static byte[] before(byte[] header, byte[] frame) {
        return ByteBuffer.allocate(header.length + frame.length)
                .put(header)
                .put(frame)
                .array();
    }

    public static byte[] needsChecksum(TestPacket packet) {
        return header(1, 0, packet.headerBytes(), 0, packet.checksumStart(), packet.checksumOffset());
    }

    public static byte[] gso(TestPacket packet, int gsoSize) {
        return header(
                1, gsoType(packet), packet.headerBytes(), gsoSize, packet.checksumStart(), packet.checksumOffset());
    }

    public static int gsoType(TestPacket packet) {
        if (!packet.tcp) {
            return 5;
        }
        return (packet.v4 ? 1 : 4) | ((packet.flags & TestPacket.CWR) != 0 ? 0x80 : 0);
    }
}
