package dev.culvert.ethernet;

import org.jspecify.annotations.Nullable;

/**
 * Which peer an IP address belongs to, by longest prefix: WireGuard's cryptokey routing. Immutable, so any thread may
 * look up; who changes the prefixes builds another.
 */
public final class AllowedIps<P> {
    private final PrefixTrie<P> v4;
    private final PrefixTrie<P> v6;

    private AllowedIps(PrefixTrie<P> v4, PrefixTrie<P> v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    public static <P> Builder<P> builder() {
        return new Builder<>();
    }

    /** The owner of an IPv4 address, or null. */
    public @Nullable P findV4(int address) {
        return v4.find(AddressWords.V4_HIGH, AddressWords.v4Low(address));
    }

    /** The owner of an IPv6 address, given as its two halves, or null. */
    public @Nullable P findV6(long high, long low) {
        return v6.find(high, low);
    }

    /** Takes the prefixes; good for one {@link #build}. */
    public static final class Builder<P> {
        private final PrefixTrie<P> v4 = new PrefixTrie<>();
        private final PrefixTrie<P> v6 = new PrefixTrie<>();
        private boolean built;

        private Builder() {}

        /**
         * Gives the network of {@code prefix} to {@code peer}; its host part does not matter. As in WireGuard the last
         * owner named wins.
         *
         * @return the owner that had this very network until now, or null
         */
        public @Nullable P add(IpPrefix prefix, P peer) {
            if (built) {
                throw new IllegalStateException("already built");
            }
            AddressWords network = prefix.networkWords();
            PrefixTrie<P> trie = prefix.isV4() ? v4 : v6;
            return trie.insert(network.high(), network.low(), prefix.mappedBits(), peer);
        }

        public AllowedIps<P> build() {
            built = true;
            return new AllowedIps<>(v4, v6);
        }
    }
}
