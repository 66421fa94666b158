package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.testkit.RequiresRoot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real devices; what is there is asked of {@code ip}, which shares no code with us. */
@RequiresRoot
class LinuxTapDeviceTest {
    private final TestNetns netns = new TestNetns();

    @AfterEach
    void removeNamespace() {
        netns.close();
    }

    @Nested
    class WhenTheNameIsFree {
        @Test
        void makesATapAsSpecified() throws Exception {
            try (TapDevice tap =
                    netns.call(() -> LinuxTapDevice.open(Specs.tap("tap0", "10.8.0.1/24", "fd00:8::1/64")))) {
                String link = netns.ip("-d -j link show dev tap0");
                assertThat(link)
                        .contains("\"mtu\":1400,", "\"txqlen\":700,", "\"UP\"", "\"type\":\"tap\"", "\"pi\":false")
                        .contains("\"address\":\"" + tap.hardwareAddress().orElseThrow() + "\"");
                assertThat(netns.ip("-j addr show dev tap0"))
                        .contains("\"local\":\"10.8.0.1\",\"prefixlen\":24")
                        .contains("\"local\":\"fd00:8::1\",\"prefixlen\":64")
                        .contains("\"nodad\":true")
                        .doesNotContain("\"label\":\"tap0\",\"tentative\"");
                assertThat(netns.ip("addr show dev tap0 tentative to fd00::/16"))
                        .isEmpty();
                assertThat(tap.name()).isEqualTo("tap0");
                assertThat(tap.mode()).isEqualTo(TapMode.TAP);
                assertThat(tap.mtu()).isEqualTo(Specs.MTU);
            }
        }

        @Test
        void givesATapTheHardwareAddressAskedFor() throws Exception {
            MacAddress wished = MacAddress.parse("02:00:5e:10:00:01");
            var spec = new DeviceSpec(
                    "tap0", TapMode.TAP, 1400, 500, List.of(), Optional.empty(), Optional.of(wished), List.of());
            try (TapDevice tap = netns.call(() -> LinuxTapDevice.open(spec))) {
                assertThat(tap.hardwareAddress()).hasValue(wished);
                assertThat(netns.ip("-j link show dev tap0")).contains("\"address\":\"02:00:5e:10:00:01\"");
            }
        }

        @Test
        void makesATunWithRoutesExceptThoseItsOwnAddressesGive() throws Exception {
            var spec = Specs.tun(
                    "tun0",
                    List.of("10.8.0.1/24", "fd00:8::1/64"),
                    "10.8.0.2/32",
                    "10.9.1.2/16",
                    "10.9.0.0/16",
                    "fd00:9::1/48",
                    "0.0.0.0/0",
                    "::/0");

            try (TapDevice tun = netns.call(() -> LinuxTapDevice.open(spec))) {
                assertThat(netns.ip("-4 route show proto static"))
                        .isEqualToIgnoringNewLines("default dev tun0 scope link \n10.9.0.0/16 dev tun0 scope link \n");
                assertThat(netns.ip("-6 route show proto static"))
                        .contains("fd00:9::/48 dev tun0", "default dev tun0")
                        .doesNotContain("fd00:8::");
                assertThat(tun.hardwareAddress()).isEmpty();
                assertThat(netns.ip("-d -j link show dev tun0")).contains("\"type\":\"tun\"", "\"UP\"");
            }
        }

        @Test
        void joinsABridge() throws Exception {
            netns.ip("link add br0 type bridge");

            try (TapDevice tap = netns.call(() -> LinuxTapDevice.open(Specs.tapInBridge("tap0", "br0")))) {
                assertThat(netns.ip("-j link show master br0")).contains(tap.name());
            }
        }

        @ParameterizedTest
        @EnumSource(TapMode.class)
        void theLimitsOfTheMtuAreThoseOfTheDriver(TapMode mode) throws Exception {
            for (int mtu : new int[] {DeviceSpec.MIN_MTU, DeviceSpec.maxMtu(mode)}) {
                var spec = new DeviceSpec("dev0", mode, mtu, 500, List.of(), Optional.empty(), List.of());
                try (TapDevice device = netns.call(() -> LinuxTapDevice.open(spec))) {
                    assertThat(netns.ip("link show " + device.name())).contains("mtu " + mtu + " ");
                }
            }
            assertThat(DeviceSpec.maxMtu(mode)).isEqualTo(driverLimit(mode));
        }

        private int driverLimit(TapMode mode) {
            netns.ip("tuntap add dev dev0 mode " + mode.name().toLowerCase(Locale.ROOT));
            return Integer.parseInt(netns.ip("-d link show dev0").replaceAll("(?s).*maxmtu (\\d+).*", "$1"));
        }

        @Test
        void leavesNothingBehind() throws Exception {
            String links = netns.ip("link");
            String routes = netns.ip("route show table all");
            var spec = Specs.tun("tun0", List.of("10.8.0.1/24", "fd00:8::1/64"), "10.9.0.0/16", "fd00:9::/48");

            TapDevice tun = netns.call(() -> LinuxTapDevice.open(spec));
            tun.close();
            tun.close(); // closing twice is harmless

            assertThat(netns.ip("link")).isEqualTo(links);
            assertThat(netns.ip("route show table all")).isEqualTo(routes);
        }
    }

    @Nested
    class WhenTheDeviceIsThereAlready {
        @Test
        void isAdoptedAndRestored() throws Exception {
            netns.ip("link add br0 type bridge");
            netns.ip("link add br1 type bridge");
            netns.ip("tuntap add dev tap0 mode tap");
            netns.ip("link set tap0 mtu 1300 txqueuelen 300 master br1");
            netns.ip("addr add 10.7.0.1/24 dev tap0");
            String before = everything("tap0");

            var spec = Specs.tapInBridge("tap0", "br0", "10.7.0.1/24", "10.7.0.2/24", "10.7.0.3/24", "fd00:8::1/64");
            try (TapDevice tap = netns.call(() -> LinuxTapDevice.open(spec))) {
                assertThat(netns.ip("-j addr show dev tap0 up"))
                        .contains("10.7.0.1", "10.7.0.2", "fd00:8::1", "\"master\":\"br0\"", "\"mtu\":1400");
                assertThat(tap.queue().fileDescriptor()).isNotNegative();
            }

            assertThat(everything("tap0")).isEqualTo(before).contains("10.7.0.1/24", "master br1", "mtu 1300");
        }

        @Test
        void keepsTheRoutesAndStateItHad() throws Exception {
            netns.ip("tuntap add dev tun0 mode tun");
            netns.ip("addr add 10.8.0.1/24 dev tun0");
            netns.ip("link set tun0 up mtu 1400 txqueuelen 700");
            netns.ip("route add 10.9.0.0/16 dev tun0");
            String before = everything("tun0");

            var spec = Specs.tun("tun0", List.of("10.8.0.1/24"), "10.9.0.0/16", "10.10.0.0/16");
            try (TapDevice tun = netns.call(() -> LinuxTapDevice.open(spec))) {
                assertThat(netns.ip("route")).contains("10.9.0.0/16 dev " + tun.name(), "10.10.0.0/16 dev tun0");
            }

            assertThat(everything("tun0")).isEqualTo(before).contains("10.9.0.0/16");
        }

        @Test
        void goingAwayUnderUsDoesNotDisturbClosing() throws Exception {
            netns.ip("tuntap add dev tap0 mode tap");
            try (TapDevice tap = netns.call(() -> LinuxTapDevice.open(Specs.tap("tap0", "10.8.0.1/24")))) {
                netns.ip("link delete " + tap.name());
            }
            assertThat(netns.ip("link")).doesNotContain("tap0");
        }

        /** Link, addresses and routes, without what carrier brings and takes by itself. */
        private String everything(String device) {
            return (netns.ip("link show " + device) + netns.ip("addr show " + device))
                            .replaceAll("(?m)^ +inet6 fe80.*\\R.*\\R", "")
                            .replaceAll("(NO-CARRIER|LOWER_UP),?|(state|qdisc) \\w+", "")
                    + netns.ip("route").replace("linkdown ", "")
                    + netns.ip("-6 route show proto static");
        }
    }
}
