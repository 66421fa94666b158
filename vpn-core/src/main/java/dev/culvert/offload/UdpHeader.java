package dev.culvert.offload;

/** Layout of the UDP header (RFC 768). */
final class UdpHeader {
    /** Of header and data. */
    static final int DATAGRAM_LENGTH = 4;

    static final int CHECKSUM = DATAGRAM_LENGTH + Short.BYTES;
    static final int LENGTH = CHECKSUM + Short.BYTES;

    private UdpHeader() {}
}
