package dev.culvert.ethernet;

import java.net.InetAddress;

/**
 * An address with the length of its network part, IPv4 or IPv6. The host part is kept: {@code 10.8.0.1/24} is both an
 * address and the network it is in.
 *
 * @param address 4 or 16 bytes
 * @param prefixBits 0..32 or 0..128
 */
public record IpPrefix(InetAddress address, int prefixBits) {
    public IpPrefix {
        int max = address.getAddress().length * Byte.SIZE;
        if (prefixBits < 0 || prefixBits > max) {
            throw new IllegalArgumentException("prefix length must be 0 to %d, not %d".formatted(max, prefixBits));
        }
    }

    /**
     * Parses {@code 10.8.0.1/24}, {@code fd00::1/64}, or a lone address as /32 or /128; never asks the DNS. Throws
     * IllegalArgumentException with a message fit for the operator.
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        String addressText = slash < 0 ? text : text.substring(0, slash);
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(addressText);
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(
                    "expected an address such as 10.8.0.1/24 or fd00:8::1/64, found \"" + text + "\"", notAnAddress);
        }
        int max = address.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new IpPrefix(address, max);
        }
        int bits;
        try {
            bits = Integer.parseInt(text, slash + 1, text.length(), 10);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "expected a prefix length after the slash, found \"" + text.substring(slash + 1) + "\"",
                    notANumber);
        }
        return new IpPrefix(address, bits);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixBits;
    }
}
