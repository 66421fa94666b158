package dev.culvert.config;

import dev.culvert.crypto.PrivateKey;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The device and socket of a tunnel.
 *
 * @param name of the TAP or TUN, 1..15 bytes
 * @param listen where to receive; port 0 takes any free port
 * @param addresses put on the device
 * @param mtu of the device, bytes; empty for "auto"
 * @param bridge that the TAP joins
 * @param lanes event loops, each with a TAP queue and a socket of its own
 * @param txQueueFrames length of the device's transmit queue, frames
 * @param forward hub: frames of one peer are carried on to other peers
 * @param offload switches, to find out what is at fault
 */
public record InterfaceConfig(
        String name,
        TapMode mode,
        PrivateKey privateKey,
        InetSocketAddress listen,
        List<IpPrefix> addresses,
        OptionalInt mtu,
        Optional<String> bridge,
        int lanes,
        int txQueueFrames,
        boolean forward,
        OffloadConfig offload) {
    /** Each numbers the frames it sends in fragments apart from the others: with more, numbers would come again too soon. */
    public static final int MAX_LANES = 16;

    public InterfaceConfig {
        if (lanes < 1 || lanes > MAX_LANES || txQueueFrames < 1) {
            throw new IllegalArgumentException("lanes must be 1 to %d and txQueueFrames positive".formatted(MAX_LANES));
        }
        addresses = List.copyOf(addresses);
    }
}
