package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpPrefixTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "10.8.0.1/24,             10.8.0.1/24,        the host part is kept",
        "10.8.0.1,                10.8.0.1/32,        a lone address is itself",
        "0.0.0.0/0,               0.0.0.0/0,          everything",
        "FD00:8::1/64,            fd00:8::1/64,       lower case as in RFC 5952 section 4.3",
        "fd00::1,                 fd00::1/128,        a lone address is itself",
        "::/0,                    ::/0,               everything",
        "2001:db8:0:0:1:0:0:1/64, 2001:db8::1:0:0:1/64, of equal runs the first is shortened",
        "2001:0:0:1:0:0:0:1/64,   2001:0:0:1::1/64,   the longest run is shortened",
        "2001:db8:0:1:1:1:1:1/64, 2001:db8:0:1:1:1:1:1/64, one group is not shortened",
        "fd00:8:0:0:0:0:0:0/32,   fd00:8::/32,        a run at the end",
    })
    void parsesAndPrints(String text, String printed, String because) {
        assertThat(IpPrefix.parse(text)).as(because).hasToString(printed);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "10.8/16,         InetAddress would read 10.0.0.8",
        "10.8.0.010/24,   octal or decimal?",
        "10.8.0.256/24,   no byte",
        "fe80::1%eth0/64, a zone is no part of a prefix",
        "[fd00::1]/64,    brackets belong to ports",
        "fd00:::1/64,     three colons",
        "example.org/24,  never asks the DNS",
        "/24,             no address",
        "10.8.0.1/,       no length",
        "10.8.0.1/+24,    Integer.parseInt would take it",
        "10.8.0.1/-0,     Integer.parseInt would take it",
        "10.8.0.1/24/24,  one slash only",
        "10.8.0.1/33,     IPv4 has 32 bits",
        "fd00::1/129,     IPv6 has 128 bits",
    })
    void refuses(String text, String because) {
        assertThatIllegalArgumentException().as(because).isThrownBy(() -> IpPrefix.parse(text));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "10.8.0.1/24,       10.8.0.0/24,      a byte of host",
        "10.8.255.255/17,   10.8.128.0/17,    within a byte",
        "10.8.0.1/32,       10.8.0.1/32,      no host part",
        "10.8.0.1/0,        0.0.0.0/0,        no network part",
        "fd00:8::1:2/64,    fd00:8::/64,      one word of host",
        "fd00:8::ffff/121,  fd00:8::ff80/121, within the lower word",
        "fd00:8::1/12,      fd00::/12,        within the upper word",
        "fd00:8::1/128,     fd00:8::1/128,    no host part",
        "fd00:8::1/0,       ::/0,             no network part",
    })
    void networkIsTheAddressWithoutItsHostPart(String text, String network, String because) {
        assertThat(IpPrefix.parse(text).network()).as(because).hasToString(network);
    }

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource({
        "10.8.0.1/24,   10.8.0.9/32,  true",
        "10.8.0.1/24,   10.8.0.0/24,  true",
        "10.8.0.1/24,   10.8.0.0/16,  false",
        "10.8.0.1/24,   10.8.1.0/24,  false",
        "0.0.0.0/0,     10.8.1.0/24,  true",
        "0.0.0.0/0,     fd00::/64,    false",
        "::/0,          10.8.1.0/24,  false",
        "fd00:8::1/64,  fd00:8::/80,  true",
    })
    void aNetworkContainsItsPartsAndItself(String outer, String inner, boolean contained) {
        assertThat(IpPrefix.parse(outer).contains(IpPrefix.parse(inner))).isEqualTo(contained);
    }
}
