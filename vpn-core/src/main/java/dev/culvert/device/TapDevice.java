package dev.culvert.device;

import dev.culvert.ethernet.MacAddress;
import java.util.Optional;

/** An open TAP or TUN, configured and up. */
public interface TapDevice extends AutoCloseable {
    String name();

    TapMode mode();

    /** Bytes, without the Ethernet header. */
    int mtu();

    /** The kernel's own address on this device when it was opened; a tun has none. */
    Optional<MacAddress> hardwareAddress();

    /** What of the spec's offloads the kernel grants, and whether frames of the queue have a header for them. */
    GrantedOffloads offloads();

    TapQueue queue();

    /**
     * Takes back what was changed, and removes the device unless it was there before. Call it after the lane let go of
     * the queue: a descriptor that closes under a reader may already be somebody else's. A second call does nothing.
     */
    @Override
    void close();
}
