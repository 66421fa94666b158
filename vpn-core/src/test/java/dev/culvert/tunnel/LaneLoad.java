package dev.culvert.tunnel;

import dev.culvert.crypto.CipherChoice;
import dev.culvert.testkit.Frames;
import dev.culvert.testkit.TestPacket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a wakeup finds in the device of a {@link LanePair}.
 *
 * @param frame with its virtio header
 * @param reads of it a wakeup
 * @param frames that these are cut into
 */
record LaneLoad(byte[] frame, int reads, int frames) {
    /** Of TCP with time stamps in a device of MTU 1404. */
    static final int SEGMENT_BYTES = 1352;
    /** As many full datagrams as fit a batch. */
    static final int FRAMES = 45;

    private static final int NEEDS_CHECKSUM = 1;
    private static final int GSO_NONE = 0;
    private static final int GSO_TCPV4 = 1;
    private static final int UDP_PAYLOAD_BYTES = 64;

    /** A super-frame, cut into {@value #FRAMES} that fill one batch. */
    static LaneLoad tcpBulk() {
        TestPacket packet = TestPacket.ipv4().with(it -> {
            it.tcpOptions = new byte[] {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2};
            it.payload = Frames.payload(SEGMENT_BYTES * FRAMES, 1);
        });
        return new LaneLoad(device(packet, GSO_TCPV4, SEGMENT_BYTES), 1, FRAMES);
    }

    /** Small datagrams, {@code number} of them a wakeup: of one, the datagram is copied out of the batch. */
    static LaneLoad smallUdp(int number) {
        TestPacket packet = TestPacket.ipv4().with(it -> {
            it.tcp = false;
            it.payload = Frames.payload(UDP_PAYLOAD_BYTES, 1);
        });
        return new LaneLoad(device(packet, GSO_NONE, 0), number, number);
    }

    private static byte[] device(TestPacket packet, int gsoType, int gsoSize) {
        byte[] frame = packet.partialFrame();
        return ByteBuffer.allocate(12 + frame.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) NEEDS_CHECKSUM)
                .put((byte) gsoType)
                .putShort((short) packet.headerBytes())
                .putShort((short) gsoSize)
                .putShort((short) packet.checksumStart())
                .putShort((short) packet.checksumOffset())
                .putShort((short) 0) // number of buffers
                .put(frame)
                .array();
    }

    /** A pair that has shaken hands, and whose sender knows that the frame's destination is behind the receiver. */
    LanePair pair(CipherChoice cipher) {
        LanePair pair = new LanePair(cipher);
        TestPacket packet = TestPacket.ipv4();
        TestPacket back = packet.with(it -> {
            it.sourceMac = packet.destinationMac;
            it.destinationMac = packet.sourceMac;
            it.tcp = false;
        });
        pair.answer(device(back, GSO_NONE, 0));
        return pair;
    }

    void encapsulateBy(LanePair pair) {
        pair.encapsulate(frame, reads);
    }
}
