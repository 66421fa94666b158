package dev.culvert.device;

import dev.culvert.ethernet.MacAddress;
import java.util.List;
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

    /** As many as the spec asks for; each is for one thread. */
    List<TapQueue> queues();

    /** The first, of a device with a single one. */
    default TapQueue queue() {
        return queues().getFirst();
    }

    /**
     * Takes back what was changed, and removes the device unless it was there before. Call it after the lanes let go of
     * the queues: a descriptor that closes under a reader may already be somebody else's. A second call does nothing.
     */
    @Override
    void close();
}
