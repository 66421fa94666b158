package dev.culvert.ethernet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * An address with the length of its network part, IPv4 or IPv6. The host part is kept: {@code 10.8.0.1/24} is both an
 * address and the network it is in.
 *
 * @param address 4 or 16 bytes
 * @param prefixBits 0..32 or 0..128
 */
public record IpPrefix(InetAddress address, int prefixBits) {
    // InetAddress also takes 10.8 for 10.0.0.8, leading zeros, brackets and zones, none of which belong here.
    private static final Pattern V4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

    public IpPrefix {
        int max = maxBits(address);
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
        InetAddress address = parseAddress(slash < 0 ? text : text.substring(0, slash), text);
        if (slash < 0) {
            return new IpPrefix(address, maxBits(address));
        }
        String bits = text.substring(slash + 1);
        if (!BITS.matcher(bits).matches()) {
            throw new IllegalArgumentException("expected a prefix length after the slash, found \"" + bits + "\"");
        }
        return new IpPrefix(address, Integer.parseInt(bits));
    }

    public boolean isV4() {
        return address instanceof Inet4Address;
    }

    /** The same without its host part: {@code 10.8.0.0/24}. Two prefixes are one network when these are equal. */
    public IpPrefix network() {
        AddressWords words = networkWords();
        ByteBuffer bytes = ByteBuffer.allocate(address.getAddress().length);
        if (isV4()) {
            bytes.putInt((int) words.low());
        } else {
            bytes.putLong(words.high()).putLong(words.low());
        }
        try {
            return new IpPrefix(InetAddress.getByAddress(bytes.array()), prefixBits);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // thrown for a wrong number of bytes only
        }
    }

    /** Whether every address of {@code other} is in this network. */
    public boolean contains(IpPrefix other) {
        return isV4() == other.isV4()
                && prefixBits <= other.prefixBits
                && new IpPrefix(other.address, prefixBits).network().equals(network());
    }

    /** As written in configurations: IPv6 in the short form of RFC 5952. */
    @Override
    public String toString() {
        return AddressText.of(address) + "/" + prefixBits;
    }

    /** The network's address, IPv4 in its mapped place. */
    AddressWords networkWords() {
        AddressWords words = AddressWords.of(address);
        int bits = mappedBits();
        return new AddressWords(words.high() & AddressWords.highMask(bits), words.low() & AddressWords.lowMask(bits));
    }

    /** The prefix length with IPv4 in its mapped place. */
    int mappedBits() {
        return isV4() ? AddressWords.V4_FIRST_BIT + prefixBits : prefixBits;
    }

    private static InetAddress parseAddress(String addressText, String text) {
        if (V4.matcher(addressText).matches() || V6.matcher(addressText).matches()) {
            try {
                return InetAddress.ofLiteral(addressText);
            } catch (IllegalArgumentException notAnAddress) {
                throw new IllegalArgumentException(expectation(text), notAnAddress);
            }
        }
        throw new IllegalArgumentException(expectation(text));
    }

    private static String expectation(String text) {
        return "expected an address such as 10.8.0.1/24 or fd00:8::1/64, found \"" + text + "\"";
    }

    private static int maxBits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }
}
