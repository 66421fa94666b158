package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.ethernet.MacAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An Ethernet frame with UDP over IPv4, as a TAP takes it. */
final class TestFrame {
    static final int HEADER_BYTES = 42; // Ethernet, IPv4, UDP

    private static final int MAC_BYTES = 6;
    private static final int IP = 14;
    private static final int IP_BYTES = 20;
    private static final int CHECKSUM = IP + 10;
    private static final int UDP = IP + IP_BYTES;
    private static final int UDP_CHECKSUM = UDP + 6;
    private static final int NEEDS_CSUM = 1; // linux/virtio_net.h: struct virtio_net_hdr_v1
    private static final int GSO_UDP_L4 = 5;

    private TestFrame() {}

    /** Writes a frame of {@code bytes} to {@code offset} of {@code memory}. Its UDP checksum is 0: none. */
    static void write(
            NativeMemory memory,
            int offset,
            int bytes,
            MacAddress to,
            InetSocketAddress from,
            InetSocketAddress target) {
        ByteBuffer frame = memory.buffer().slice(offset, bytes);
        putAddress(frame, 0, to);
        putAddress(frame, MAC_BYTES, MacAddress.parse("02:00:00:00:00:77"));
        frame.putShort(2 * MAC_BYTES, (short) 0x0800);
        frame.putShort(IP, (short) 0x4500);
        frame.putShort(IP + 2, (short) (bytes - IP));
        frame.put(IP + 8, (byte) 64); // time to live
        frame.put(IP + 9, (byte) 17); // UDP
        frame.put(IP + 12, from.getAddress().getAddress());
        frame.put(IP + 16, target.getAddress().getAddress());
        frame.putShort(CHECKSUM, (short) 0);
        frame.putShort(CHECKSUM, (short) ~sum(frame, IP, IP_BYTES));
        frame.putShort(UDP, (short) from.getPort());
        frame.putShort(UDP + 2, (short) target.getPort());
        frame.putShort(UDP + 4, (short) (bytes - UDP));
        frame.putShort(UDP_CHECKSUM, (short) 0);
    }

    /**
     * Fills in the header in front of the frame: its checksum is left to the receiver, and so is cutting it, if it
     * carries more than {@code segmentBytes}.
     */
    static void leaveToCut(NativeMemory memory, int offset, int bytes, int segmentBytes) {
        ByteBuffer frame = memory.buffer().slice(offset, bytes);
        int pseudoHeader = sum(frame, IP + 12, 8) + 17 + bytes - UDP;
        frame.putShort(UDP_CHECKSUM, (short) folded(pseudoHeader));
        boolean isSuper = bytes - HEADER_BYTES > segmentBytes;
        ByteBuffer header = memory.buffer().order(ByteOrder.nativeOrder());
        header.put(0, (byte) NEEDS_CSUM);
        header.put(1, (byte) (isSuper ? GSO_UDP_L4 : 0));
        header.putShort(2, (short) HEADER_BYTES);
        header.putShort(4, (short) (isSuper ? segmentBytes : 0));
        header.putShort(6, (short) UDP);
        header.putShort(8, (short) (UDP_CHECKSUM - UDP));
    }

    private static void putAddress(ByteBuffer frame, int offset, MacAddress address) {
        for (int i = 0; i < MAC_BYTES; i++) {
            frame.put(offset + i, (byte) (address.bits() >>> (8 * (MAC_BYTES - 1 - i))));
        }
    }

    private static int sum(ByteBuffer frame, int offset, int bytes) {
        int sum = 0;
        for (int i = 0; i < bytes; i += 2) {
            sum += Short.toUnsignedInt(frame.getShort(offset + i));
        }
        return folded(sum);
    }

    private static int folded(int sum) {
        int once = (sum & 0xffff) + (sum >>> 16);
        return (once & 0xffff) + (once >>> 16);
    }
}
