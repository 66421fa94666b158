package dev.culvert.offload;

import dev.culvert.ethernet.IpHeader;
import io.netty.buffer.ByteBuf;

/**
 * One's complement sums (RFC 1071) as ints of 16 bits in network order; subtracting is adding the complement (RFC 1624).
 * Only where software must: between offloads nobody sums a payload.
 */
public final class Checksums {
    private static final int WORD_MASK = 0xffff;
    private static final long HALF_MASK = 0xffff_ffffL;

    private Checksums() {}

    /** Eight bytes at a time: 2^16 is 1 modulo 2^16 - 1, so words of any width may be added. An odd byte is padded. */
    public static int sum(ByteBuf buffer, int index, int length) {
        long sum = 0;
        int at = index;
        int end = index + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long eight = buffer.getLong(at);
            sum += (eight >>> Integer.SIZE) + (eight & HALF_MASK); // carries gather above bit 32, unlost
        }
        if (at + Integer.BYTES <= end) {
            sum += buffer.getUnsignedInt(at);
            at += Integer.BYTES;
        }
        if (at + Short.BYTES <= end) {
            sum += buffer.getUnsignedShort(at);
            at += Short.BYTES;
        }
        if (at < end) {
            sum += (long) buffer.getUnsignedByte(at) << Byte.SIZE;
        }
        return fold(sum);
    }

    /** Carries added back in until 16 bits are left; {@code sum} is not negative. */
    public static int fold(long sum) {
        long half = (sum & HALF_MASK) + (sum >>> Integer.SIZE);
        half = (half & HALF_MASK) + (half >>> Integer.SIZE);
        int word = (int) (half & WORD_MASK) + (int) (half >>> Short.SIZE);
        return (word & WORD_MASK) + (word >>> Short.SIZE);
    }

    /** To add instead of subtracting {@code word}; and what stands in a checksum field instead of a sum. */
    static int complement(int word) {
        return ~word & WORD_MASK;
    }

    /** Whether two sums are equal: 0 and 0xffff are the same number. */
    static boolean isSame(int sum, int other) {
        return sum == other || (sum % WORD_MASK == 0 && other % WORD_MASK == 0);
    }

    /** RFC 791, section 3.1; and the one of two right values that {@link #writeIpv4Header} writes. */
    static boolean isIpv4HeaderRight(ByteBuf buffer, int index) {
        return buffer.getUnsignedShort(index + IpHeader.V4_CHECKSUM) != WORD_MASK
                && sum(buffer, index, IpHeader.headerBytes(buffer, index)) == WORD_MASK;
    }

    public static void writeIpv4Header(ByteBuf buffer, int index) {
        buffer.setShort(index + IpHeader.V4_CHECKSUM, 0);
        buffer.setShort(
                index + IpHeader.V4_CHECKSUM, complement(sum(buffer, index, IpHeader.headerBytes(buffer, index))));
    }

    /**
     * Completes a partial checksum, as skb_checksum_help of the kernel does: the field at {@code fieldIndex} holds the
     * pseudo-header's sum, and is itself among the {@code length} bytes at {@code index} to add. Never writes 0, which in
     * UDP means that there is no checksum (RFC 768), and in TCP is the same number.
     */
    static void complete(ByteBuf buffer, int index, int length, int fieldIndex) {
        int checksum = complement(sum(buffer, index, length));
        buffer.setShort(fieldIndex, checksum == 0 ? WORD_MASK : checksum);
    }
}
