package dev.culvert.ethernet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as {@code wg} and {@code ip} print them: IPv6 in its short form (RFC 5952, section 4). */
public final class AddressText {
    private static final int GROUPS = AddressWords.BITS / Short.SIZE;
    private static final int GROUPS_PER_WORD = GROUPS / 2;

    private AddressText() {}

    public static String of(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : ofV6(AddressWords.of(address));
    }

    /** With the port, and brackets where the address has colons: {@code [fd00::1]:51820}. */
    public static String of(InetSocketAddress address) {
        String host = of(address.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    static String ofV6(AddressWords words) {
        int gap = 0;
        int gapLength = 1; // section 4.2.2: "::" must not shorten just one group
        for (int group = 0; group < GROUPS; group++) {
            int zeros = zerosFrom(words, group);
            if (zeros > gapLength) { // section 4.2.3: of equal runs the first
                gap = group;
                gapLength = zeros;
            }
        }
        if (gapLength == 1) {
            return join(words, 0, GROUPS);
        }
        return join(words, 0, gap) + "::" + join(words, gap + gapLength, GROUPS);
    }

    private static int zerosFrom(AddressWords words, int from) {
        int group = from;
        while (group < GROUPS && groupOf(words, group) == 0) {
            group++;
        }
        return group - from;
    }

    private static String join(AddressWords words, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int group = from; group < to; group++) {
            text.append(group == from ? "" : ":").append(Integer.toHexString(groupOf(words, group)));
        }
        return text.toString();
    }

    private static int groupOf(AddressWords words, int group) {
        long word = group < GROUPS_PER_WORD ? words.high() : words.low();
        int shift = Short.SIZE * (GROUPS_PER_WORD - 1 - group % GROUPS_PER_WORD);
        return (int) (word >>> shift) & 0xffff;
    }
}
