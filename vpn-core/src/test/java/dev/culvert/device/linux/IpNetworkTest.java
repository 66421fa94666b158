package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.ethernet.IpPrefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpNetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.8.3.77/24, 10.8.3.0/24",
        "10.8.3.77/32, 10.8.3.77/32",
        "10.8.3.77/0, 0.0.0.0/0",
        "10.8.3.77/20, 10.8.0.0/20",
        "10.8.255.255/17, 10.8.128.0/17",
        "fd00:8::1:2/112, fd00:8:0:0:0:0:1:0/112",
        "fd00:8::1/0, 0:0:0:0:0:0:0:0/0",
    })
    void hostBitsAreCleared(String prefix, String network) {
        assertThat(network(prefix)).hasToString(network);
    }

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource({
        "10.8.0.1/24, 10.8.0.9/32, true",
        "10.8.0.1/24, 10.8.0.0/24, true",
        "10.8.0.1/24, 10.8.0.0/16, false",
        "10.8.0.1/24, 10.8.1.0/24, false",
        "0.0.0.0/0, 10.8.1.0/24, true",
        "0.0.0.0/0, fd00::/64, false",
        "fd00:8::1/64, fd00:8::/80, true",
    })
    void containment(String outer, String inner, boolean contained) {
        assertThat(network(outer).contains(network(inner))).isEqualTo(contained);
    }

    private static IpNetwork network(String text) {
        return IpNetwork.of(IpPrefix.parse(text));
    }
}
