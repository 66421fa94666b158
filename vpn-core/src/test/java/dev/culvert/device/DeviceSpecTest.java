package dev.culvert.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceSpecTest {
    private static final List<IpPrefix> IPV6 = List.of(IpPrefix.parse("fd00:8::1/64"));

    @ParameterizedTest
    @EnumSource(TapMode.class)
    void takesEveryMtuTheDriverTakesAndNoOther(TapMode mode) {
        int max = DeviceSpec.maxMtu(mode);
        assertThat(withMtu(mode, DeviceSpec.MIN_MTU).mtu()).isEqualTo(DeviceSpec.MIN_MTU);
        assertThat(withMtu(mode, max).mtu()).isEqualTo(max);
        assertThatThrownBy(() -> withMtu(mode, DeviceSpec.MIN_MTU - 1)).hasMessageContaining("68 to " + max);
        assertThatThrownBy(() -> withMtu(mode, max + 1)).hasMessageContaining("68 to " + max);
    }

    @Test
    void aHardwareAddressIsOfOneStationOnATap() {
        Optional<MacAddress> station = Optional.of(MacAddress.parse("02:00:5e:10:00:01"));
        Optional<MacAddress> group = Optional.of(MacAddress.parse("01:00:5e:10:00:01"));
        assertThatThrownBy(() ->
                        new DeviceSpec("t0", TapMode.TUN, 1420, 500, List.of(), Optional.empty(), station, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new DeviceSpec("t0", TapMode.TAP, 1420, 500, List.of(), Optional.empty(), group, List.of()))
                .hasMessageContaining("01:00:5e:10:00:01");
    }

    @Test
    void ipv6NeedsItsMinimumMtu() {
        assertThat(withAddresses(DeviceSpec.MIN_IPV6_MTU, IPV6).addresses()).isEqualTo(IPV6);
        assertThatThrownBy(() -> withAddresses(DeviceSpec.MIN_IPV6_MTU - 1, IPV6))
                .hasMessage("IPv6 needs an mtu of at least 1280, not 1279");
    }

    @Test
    void aTunJoinsNoBridge() {
        assertThatThrownBy(() -> new DeviceSpec("t0", TapMode.TUN, 1420, 500, List.of(), Optional.of("br0"), List.of()))
                .hasMessageContaining("use mode tap");
    }

    @Test
    void aTapHasNoRoutes() {
        assertThatThrownBy(() -> new DeviceSpec("t0", TapMode.TAP, 1420, 500, List.of(), Optional.empty(), IPV6))
                .hasMessageContaining("mode tun");
    }

    @Test
    void theQueueHasRoomForAFrame() {
        assertThatThrownBy(() -> new DeviceSpec("t0", TapMode.TAP, 1420, 0, List.of(), Optional.empty(), List.of()))
                .hasMessageContaining("txqueue");
    }

    private static DeviceSpec withMtu(TapMode mode, int mtu) {
        return new DeviceSpec("t0", mode, mtu, 500, List.of(), Optional.empty(), List.of());
    }

    private static DeviceSpec withAddresses(int mtu, List<IpPrefix> addresses) {
        return new DeviceSpec("t0", TapMode.TAP, mtu, 500, addresses, Optional.empty(), List.of());
    }
}
