package dev.culvert.ethernet;

import org.jspecify.annotations.Nullable;

/**
 * Longest-prefix match over 128-bit addresses: a binary trie in which a node stands only where prefixes end or part ways,
 * so that a look-up compares words and visits few nodes. Look-ups allocate nothing and may run on any thread once nobody
 * inserts any more.
 */
final class PrefixTrie<V> {
    private final Node<V> root = new Node<>(0, 0, 0, null);

    /** The value of the longest prefix that contains the address, or null. */
    @Nullable
    V find(long high, long low) {
        V best = null;
        Node<V> node = root;
        while (node != null && node.contains(high, low)) {
            if (node.value != null) {
                best = node.value;
            }
            node = node.childTowards(high, low);
        }
        return best;
    }

    /**
     * The last value inserted for a prefix stays. Bits beyond the prefix must be zero.
     *
     * @return the value this one replaces, or null
     */
    @Nullable
    V insert(long high, long low, int bits, V value) {
        Node<V> parent = root;
        while (parent.bits != bits) {
            Node<V> child = parent.childTowards(high, low);
            if (child == null) {
                parent.adopt(new Node<>(high, low, bits, value));
                return null;
            }
            int common = Math.min(Math.min(child.bits, bits), commonBits(child.high ^ high, child.low ^ low));
            if (common < child.bits) {
                child = fork(child, high, low, common);
                parent.adopt(child);
            }
            parent = child;
        }
        V replaced = parent.value;
        parent.value = value;
        return replaced;
    }

    /** A node for the bits that {@code child} and the address share, with {@code child} below it. */
    private static <V> Node<V> fork(Node<V> child, long high, long low, int common) {
        Node<V> fork =
                new Node<>(high & AddressWords.highMask(common), low & AddressWords.lowMask(common), common, null);
        fork.adopt(child);
        return fork;
    }

    private static int commonBits(long highDifference, long lowDifference) {
        return highDifference != 0
                ? Long.numberOfLeadingZeros(highDifference)
                : Long.SIZE + Long.numberOfLeadingZeros(lowDifference);
    }

    private static final class Node<V> {
        private final long high;
        private final long low;
        private final int bits;
        private final long highMask;
        private final long lowMask;
        private @Nullable V value;
        private @Nullable Node<V> zero;
        private @Nullable Node<V> one;

        private Node(long high, long low, int bits, @Nullable V value) {
            this.high = high;
            this.low = low;
            this.bits = bits;
            this.highMask = AddressWords.highMask(bits);
            this.lowMask = AddressWords.lowMask(bits);
            this.value = value;
        }

        private boolean contains(long otherHigh, long otherLow) {
            return (((high ^ otherHigh) & highMask) | ((low ^ otherLow) & lowMask)) == 0;
        }

        private @Nullable Node<V> childTowards(long otherHigh, long otherLow) {
            return bits == AddressWords.BITS || !isOne(otherHigh, otherLow) ? zero : one;
        }

        private void adopt(Node<V> child) {
            if (isOne(child.high, child.low)) {
                one = child;
            } else {
                zero = child;
            }
        }

        /** Whether the first bit behind this node's prefix is set. */
        private boolean isOne(long otherHigh, long otherLow) {
            return (bits < Long.SIZE ? otherHigh << bits : otherLow << (bits - Long.SIZE)) < 0;
        }
    }
}
