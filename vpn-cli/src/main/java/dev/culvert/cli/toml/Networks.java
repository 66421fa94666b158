package dev.culvert.cli.toml;

import dev.culvert.ethernet.IpPrefix;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Prefixes as networks. */
final class Networks {
    private Networks() {}

    /** {@code 10.8.0.1/24} is in {@code 10.8.0.0/24}. */
    static IpPrefix networkOf(IpPrefix prefix) {
        byte[] bytes = prefix.address().getAddress();
        for (int bit = prefix.prefixBits(); bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >>> bit % Byte.SIZE);
        }
        try {
            return new IpPrefix(InetAddress.getByAddress(bytes), prefix.prefixBits());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("the length of an address came from an address", impossible);
        }
    }
}
