package dev.culvert.ethernet;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An IP address as two words, so that look-ups need no objects. IPv4 stands in its IPv6-mapped place, ::ffff:0:0/96 (RFC
 * 4291, section 2.5.5.2).
 */
record AddressWords(long high, long low) {
    static final int BITS = 2 * Long.SIZE;
    static final int V4_FIRST_BIT = BITS - Integer.SIZE;
    static final long V4_HIGH = 0;

    private static final long V4_LOW = 0xffff_0000_0000L;

    static AddressWords of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == Integer.BYTES
                ? new AddressWords(V4_HIGH, v4Low(bytes.getInt()))
                : new AddressWords(bytes.getLong(), bytes.getLong());
    }

    static long v4Low(int address) {
        return V4_LOW | Integer.toUnsignedLong(address);
    }

    /** The high word of a mask that keeps the first {@code bits} of 128. */
    static long highMask(int bits) {
        return bits == 0 ? 0 : -1L << Math.max(Long.SIZE - bits, 0);
    }

    /** The low word of a mask that keeps the first {@code bits} of 128. */
    static long lowMask(int bits) {
        return bits <= Long.SIZE ? 0 : -1L << (BITS - bits);
    }
}
