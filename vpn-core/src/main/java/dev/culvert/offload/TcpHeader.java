package dev.culvert.offload;

import io.netty.buffer.ByteBuf;

/** Layout of the TCP header (RFC 9293, section 3.1). */
final class TcpHeader {
    static final int SEQUENCE = 4;
    static final int ACKNOWLEDGMENT = SEQUENCE + Integer.BYTES;
    /** Length of the header in its upper four bits, then reserved bits and AE (RFC 9768). */
    static final int DATA_OFFSET = ACKNOWLEDGMENT + Integer.BYTES;

    static final int FLAGS = DATA_OFFSET + Byte.BYTES;
    static final int WINDOW = FLAGS + Byte.BYTES;
    static final int CHECKSUM = WINDOW + Short.BYTES;
    static final int URGENT = CHECKSUM + Short.BYTES;
    /** Without options. */
    static final int LENGTH = URGENT + Short.BYTES;

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int URG = 0x20;
    static final int ECE = 0x40;
    static final int CWR = 0x80;

    // RFC 9293, section 3.2: all options but these two have their length in their second byte
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int MIN_OPTION_BYTES = 2;
    /** RFC 2385. */
    private static final int MD5_SIGNATURE = 19;
    /** RFC 5925. */
    private static final int AUTHENTICATION = 29;

    private TcpHeader() {}

    /**
     * Whether the options can be read, and none is a signature. That covers a segment as it is: of two parts the far host
     * would refuse both.
     *
     * @param index of the options, which are {@code length} bytes
     */
    static boolean isUnsigned(ByteBuf buffer, int index, int length) {
        int at = index;
        int end = index + length;
        while (at < end) {
            int kind = buffer.getUnsignedByte(at);
            if (kind == END_OF_OPTIONS) {
                return true;
            }
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            int bytes = at + 1 < end ? buffer.getUnsignedByte(at + 1) : 0;
            if (kind == MD5_SIGNATURE || kind == AUTHENTICATION || bytes < MIN_OPTION_BYTES) {
                return false;
            }
            at += bytes;
        }
        return at == end;
    }
}
