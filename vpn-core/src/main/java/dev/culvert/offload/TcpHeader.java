package dev.culvert.offload;

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

    private TcpHeader() {}
}
