package dev.culvert.device;

/**
 * Work on a frame that the kernel may leave undone when it hands the frame over, and takes undone from us: each frame
 * then has a {@code struct virtio_net_hdr} in front that says what is left to do. In the order in which they depend on
 * each other.
 */
public enum TapOffload {
    /** The checksum of TCP or UDP. All others need it. */
    CSUM("csum"),
    /** Cutting TCP over IPv4: a frame of up to 64 KB. */
    TSO4("tso4"),
    TSO6("tso6"),
    /** Cutting TCP that has ECN marks; needs TSO4 or TSO6. */
    ECN("ecn"),
    /** Cutting UDP over IPv4 (Linux 6.2); the kernel takes it together with USO6 only. */
    USO4("uso4"),
    USO6("uso6");

    private final String text;

    TapOffload(String text) {
        this.text = text;
    }

    /** The name in status. */
    public String text() {
        return text;
    }
}
