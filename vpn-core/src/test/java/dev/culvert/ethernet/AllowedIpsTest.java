package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.culvert.testkit.Allocation;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedIpsTest {
    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource({
        "10.8.0.1,   host,    the longest prefix wins",
        "10.8.0.2,   net,     beside the host",
        "10.8.1.0,   wide,    beside the network",
        "10.9.0.1,   default, beside all but the default",
        "fd00:8::1,  six,     in the network",
        "fd00:8:0:1::, ,      beside the network; 0.0.0.0/0 is for IPv4 only",
        "::1,        ,        and so for what looks like a small IPv4 address",
    })
    void longestPrefixWins(String address, @Nullable String owner, String because) {
        AllowedIps.Builder<String> builder = AllowedIps.builder();
        builder.add(IpPrefix.parse("10.8.0.1/32"), "host");
        builder.add(IpPrefix.parse("0.0.0.0/0"), "default");
        builder.add(IpPrefix.parse("10.8.0.0/16"), "wide");
        builder.add(IpPrefix.parse("10.8.0.99/24"), "net"); // the host part does not matter
        builder.add(IpPrefix.parse("fd00:8::/64"), "six");

        assertThat(find(builder.build(), InetAddress.ofLiteral(address)))
                .as(because)
                .isEqualTo(owner);
    }

    @Test
    void defaultRouteOfIpv6IsNotForIpv4() {
        AllowedIps.Builder<String> builder = AllowedIps.builder();
        builder.add(IpPrefix.parse("::/0"), "six");
        AllowedIps<String> allowed = builder.build();
        assertThat(find(allowed, InetAddress.ofLiteral("10.0.0.1"))).isNull();
        assertThat(find(allowed, InetAddress.ofLiteral("fd00::1"))).isEqualTo("six");
    }

    @Test
    void lastOwnerOfANetworkWinsAndTheOtherIsReported() {
        AllowedIps.Builder<String> builder = AllowedIps.builder();
        assertThat(builder.add(IpPrefix.parse("10.8.0.1/24"), "alice")).isNull();
        assertThat(builder.add(IpPrefix.parse("10.8.0.0/25"), "alice"))
                .as("another network")
                .isNull();
        assertThat(builder.add(IpPrefix.parse("10.8.0.2/24"), "bob")).isEqualTo("alice");
        assertThat(find(builder.build(), InetAddress.ofLiteral("10.8.0.200"))).isEqualTo("bob");
    }

    @Test
    void isImmutableOnceBuilt() {
        AllowedIps.Builder<String> builder = AllowedIps.builder();
        builder.build();
        assertThatIllegalStateException().isThrownBy(() -> builder.add(IpPrefix.parse("10.0.0.0/8"), "alice"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithAScanOfAllPrefixes(long seed) {
        Random random = new Random(seed);
        boolean six = seed % 2 == 0;
        List<IpPrefix> prefixes = new ArrayList<>();
        AllowedIps.Builder<Integer> builder = AllowedIps.builder();
        for (int i = 0; i < 500; i++) {
            IpPrefix prefix = new IpPrefix(address(random, six), random.nextInt((six ? 128 : 32) + 1));
            int earlier = lastIndexOfNetwork(prefixes, prefix);
            assertThat(builder.add(prefix, i)).as("seed %d", seed).isEqualTo(earlier < 0 ? null : earlier);
            prefixes.add(prefix.network());
        }
        AllowedIps<Integer> allowed = builder.build();
        for (int i = 0; i < 5_000; i++) {
            InetAddress address = address(random, six);
            assertThat(find(allowed, address)).as("seed %d, %s", seed, address).isEqualTo(scan(prefixes, address));
        }
    }

    @Test
    void tenThousandPrefixesAreFoundWithoutAllocating() {
        Random random = new Random(10);
        AllowedIps.Builder<Integer> builder = AllowedIps.builder();
        for (int i = 0; i < 10_000; i++) {
            builder.add(new IpPrefix(address(random, i % 2 == 0), 8 + random.nextInt(25)), i);
        }
        AllowedIps<Integer> allowed = builder.build();
        int[] found = new int[1];
        long bytes = Allocation.bytesOf(() -> {
            for (int i = 0; i < 100_000; i++) {
                found[0] += allowed.findV4(0xaaaa_0000 + i) == null ? 0 : 1;
                found[0] += allowed.findV6(0xaaaa_aaaa_0000_0000L + i, i) == null ? 0 : 1;
            }
        });
        assertThat(found[0]).isPositive();
        assertThat(bytes).as("for 200,000 look-ups").isLessThan(1_024);
    }

    private static int lastIndexOfNetwork(List<IpPrefix> networks, IpPrefix prefix) {
        return networks.lastIndexOf(prefix.network());
    }

    private static @Nullable Integer scan(List<IpPrefix> networks, InetAddress address) {
        Integer best = null;
        for (int i = 0; i < networks.size(); i++) {
            IpPrefix network = networks.get(i);
            boolean contains =
                    new IpPrefix(address, network.prefixBits()).network().equals(network);
            if (contains && (best == null || networks.get(best).prefixBits() <= network.prefixBits())) {
                best = i;
            }
        }
        return best;
    }

    /** Bytes of few values, so that long prefixes are shared. */
    private static InetAddress address(Random random, boolean six) {
        byte[] bytes = new byte[six ? 16 : 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 0xaa);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static <P> @Nullable P find(AllowedIps<P> allowed, InetAddress address) {
        AddressWords words = AddressWords.of(address);
        return address instanceof Inet6Address
                ? allowed.findV6(words.high(), words.low())
                : allowed.findV4((int) words.low());
    }
}
