package dev.culvert.config;

/**
 * Which work may be left to the kernel, or taken from it undone, where it can.
 *
 * @param tap super-frames and partial checksums through the TAP
 * @param udp several datagrams a message, sent (UDP_SEGMENT) and received (UDP_GRO)
 */
public record OffloadConfig(boolean tap, boolean udp) {
    public static final OffloadConfig ALL = new OffloadConfig(true, true);
}
