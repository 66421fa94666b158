package dev.culvert.ethernet;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** An Ethernet address: 48 bits, the first byte on the wire in the highest of them. */
public record MacAddress(long bits) {
    public static final int BYTES = 6;
    public static final long BROADCAST_BITS = 0xffff_ffff_ffffL;

    private static final long GROUP_BIT = 0x0100_0000_0000L; // IEEE 802-2014, section 8.2.2: the I/G bit
    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits");
        }
    }

    /** Parses {@code 02:00:5e:10:00:01}; throws IllegalArgumentException with a message fit for the operator. */
    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a MAC address such as 02:00:5e:10:00:01, found \"" + text + "\"");
        }
        return new MacAddress(HexFormat.fromHexDigitsToLong(text.replace(":", "")));
    }

    public boolean isUnicast() {
        return isUnicast(bits);
    }

    /** Neither group (multicast, broadcast) nor all zero: what a station may have, and a source must be. */
    public static boolean isUnicast(long bits) {
        return (bits & GROUP_BIT) == 0 && bits != 0;
    }

    @Override
    public String toString() {
        String hex = String.format(Locale.ROOT, "%012x", bits);
        return hex.replaceAll("(..)(?!$)", "$1:");
    }
}
