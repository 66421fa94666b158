package dev.culvert.device.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A request to the kernel, written front to back: {@code struct nlmsghdr} (linux/netlink.h), the fixed part of its
 * type, attributes. Numbers are in the machine's byte order, addresses in the network's.
 */
final class NetlinkMessage {
    static final int HEADER_BYTES = 16;

    // Offsets in struct nlmsghdr
    static final int TYPE = 4;
    static final int SEQUENCE = 8;

    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int ALIGNMENT = 4;
    private static final int CAPACITY = 256; // the longest of ours has 64

    private final ByteBuffer bytes = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

    NetlinkMessage(int type, int flags) {
        bytes.putInt(0) // length: see bytes()
                .putShort((short) type)
                .putShort((short) (Rtnetlink.NLM_F_REQUEST | flags))
                .putLong(0); // sequence, and the port of the kernel
    }

    NetlinkMessage int8(int value) {
        bytes.put((byte) value);
        return this;
    }

    NetlinkMessage int16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    NetlinkMessage int32(int value) {
        bytes.putInt(value);
        return this;
    }

    NetlinkMessage attribute(int type, int value) {
        attributeHeader(type, Integer.BYTES);
        bytes.putInt(value);
        return this;
    }

    NetlinkMessage attribute(int type, byte[] value) {
        attributeHeader(type, value.length);
        bytes.put(value).position(aligned(bytes.position()));
        return this;
    }

    NetlinkMessage attribute(int type, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return attribute(type, Arrays.copyOf(text, text.length + 1)); // with the final zero
    }

    private void attributeHeader(int type, int valueBytes) {
        bytes.putShort((short) (ATTRIBUTE_HEADER_BYTES + valueBytes)).putShort((short) type);
    }

    byte[] bytes(int sequence) {
        bytes.putInt(0, bytes.position()).putInt(SEQUENCE, sequence);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** The attributes in what is left of {@code body}, by type; a later one replaces an earlier one. */
    static Map<Integer, ByteBuffer> attributes(ByteBuffer body) {
        Map<Integer, ByteBuffer> found = new HashMap<>();
        int at = body.position();
        while (at + ATTRIBUTE_HEADER_BYTES <= body.limit()) {
            int length = Short.toUnsignedInt(body.getShort(at));
            if (length < ATTRIBUTE_HEADER_BYTES || at + length > body.limit()) {
                break;
            }
            int type = body.getShort(at + Short.BYTES) & Rtnetlink.NLA_TYPE_MASK;
            found.put(type, part(body, at + ATTRIBUTE_HEADER_BYTES, at + length));
            at += aligned(length);
        }
        return found;
    }

    /** A view that keeps the byte order, which {@link ByteBuffer#slice} does not. */
    static ByteBuffer part(ByteBuffer whole, int from, int to) {
        return whole.slice(from, to - from).order(ByteOrder.nativeOrder());
    }

    static int aligned(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
