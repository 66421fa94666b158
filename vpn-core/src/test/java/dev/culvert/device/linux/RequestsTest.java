package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what iproute2 6.1.0 sent for the same wishes on a little-endian machine (strace -e write=all). */
class RequestsTest {
    private static final int SEQUENCE = 0x6b0351ad;

    @ParameterizedTest(name = "ip {0}")
    @MethodSource("sentByIproute2")
    void sameBytesAsIproute2(String command, NetlinkMessage request, String hex) {
        assertThat(HexFormat.of().formatHex(request.bytes(SEQUENCE))).isEqualTo(hex.replace(" ", ""));
    }

    static Stream<Arguments> sentByIproute2() {
        return Stream.of(
                arguments(
                        "link set tap0 mtu 1400",
                        Requests.mtu(3, 1400),
                        "28000000 10000500 ad51036b 00000000 00000000 03000000 00000000 00000000 08000400 78050000"),
                arguments(
                        "link set tap0 txqueuelen 700",
                        Requests.txQueue(3, 700),
                        "28000000 10000500 ad51036b 00000000 00000000 03000000 00000000 00000000 08000d00 bc020000"),
                arguments(
                        "link set tap0 address 02:00:5e:10:00:01",
                        Requests.hardwareAddress(3, MacAddress.parse("02:00:5e:10:00:01")),
                        "2c000000 10000500 ad51036b 00000000 00000000 03000000 00000000 00000000 0a000100 02005e10 00010000"),
                arguments(
                        "link set tap0 up",
                        Requests.up(3),
                        "20000000 10000500 ad51036b 00000000 00000000 03000000 01000000 01000000"),
                arguments(
                        "link set tap0 master br0",
                        Requests.master(3, 2),
                        "28000000 10000500 ad51036b 00000000 00000000 03000000 00000000 00000000 08000a00 02000000"),
                arguments(
                        "addr add 10.8.0.1/24 dev tap0",
                        Requests.addAddress(3, IpPrefix.parse("10.8.0.1/24")),
                        "28000000 14000506 ad51036b 00000000 02180000 03000000 08000200 0a080001 08000100 0a080001"),
                arguments(
                        "addr add fd00:8::1/64 dev tap0 nodad",
                        Requests.addAddress(3, IpPrefix.parse("fd00:8::1/64")),
                        "40000000 14000506 ad51036b 00000000 0a400200 03000000"
                                + "14000200 fd000008000000000000000000000001"
                                + "14000100 fd000008000000000000000000000001"),
                arguments(
                        "addr del 10.8.0.1/24 dev tap0",
                        Requests.removeAddress(3, IpPrefix.parse("10.8.0.1/24")),
                        "28000000 15000500 ad51036b 00000000 02180000 03000000 08000200 0a080001 08000100 0a080001"),
                arguments(
                        "route add 10.9.0.0/16 dev tun0 scope link proto static",
                        Requests.addRoute(4, IpPrefix.parse("10.9.0.0/16")),
                        "2c000000 18000506 ad51036b 00000000 02100000 fe04fd01 00000000"
                                + "08000100 0a090000 08000400 04000000"),
                arguments(
                        "-6 route add fd00:9::/32 dev tun0 proto static",
                        Requests.addRoute(4, IpPrefix.parse("fd00:9::/32")),
                        "38000000 18000506 ad51036b 00000000 0a200000 fe040001 00000000"
                                + "14000100 fd000009000000000000000000000000 08000400 04000000"));
    }
}
