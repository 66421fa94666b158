package dev.culvert.offload;

import dev.culvert.testkit.TestPacket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Virtio headers as the kernel writes them, by the numbers of linux/virtio_net.h. */
final class Virtio {
    static final byte[] NONE = header(0, 0, 0, 0, 0, 0);

    private Virtio() {}

    static byte[] header(int flags, int gsoType, int headerBytes, int gsoSize, int checksumStart, int checksumOffset) {
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

    static byte[] needsChecksum(TestPacket packet) {
        return header(1, 0, packet.headerBytes(), 0, packet.checksumStart(), packet.checksumOffset());
    }

    static byte[] gso(TestPacket packet, int gsoSize) {
        return header(
                1, gsoType(packet), packet.headerBytes(), gsoSize, packet.checksumStart(), packet.checksumOffset());
    }

    static int gsoType(TestPacket packet) {
        if (!packet.tcp) {
            return 5;
        }
        return (packet.v4 ? 1 : 4) | ((packet.flags & TestPacket.CWR) != 0 ? 0x80 : 0);
    }
}
