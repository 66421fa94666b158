package dev.culvert.ethernet;

/** The short form of IPv6 addresses (RFC 5952, section 4), as {@code wg} and {@code ip} print them. */
final class Ipv6Text {
    private static final int GROUPS = AddressWords.BITS / Short.SIZE;
    private static final int GROUPS_PER_WORD = GROUPS / 2;

    private Ipv6Text() {}

    static String format(AddressWords words) {
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
