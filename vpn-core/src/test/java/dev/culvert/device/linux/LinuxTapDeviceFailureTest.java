package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.Errno;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapException;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each failure says what to do about it, and leaves nothing behind. */
@RequiresRoot
class LinuxTapDeviceFailureTest {
    private final TestNetns netns = new TestNetns();

    @AfterEach
    void removeNamespace() {
        netns.close();
    }

    @Test
    void nameOfAnotherKindOfDevice() {
        netns.ip("link add tap0 type bridge");

        assertFails(
                Specs.tap("tap0"),
                "tap0: TUNSETIFF: EINVAL: the name belongs to another kind of device (bridge): choose another name");
    }

    @Test
    void nameOfTheLoopback() {
        assertFails(
                Specs.tap("lo"),
                "lo: TUNSETIFF: EINVAL: the name belongs to another kind of device (network card or loopback):"
                        + " choose another name");
    }

    @ParameterizedTest
    @CsvSource({"tun, tap", "tap, tun"})
    void deviceOfTheOtherMode(String there, String wanted) {
        netns.ip("tuntap add dev dev0 mode " + there);

        assertFails(
                wanted.equals("tap") ? Specs.tap("dev0") : Specs.tun("dev0", List.of()),
                "dev0: TUNSETIFF: EINVAL: it exists as a %s, not a %s: set mode = \"%1$s\", or remove it: ip link del dev0"
                        .formatted(there, wanted));
    }

    @Test
    void deviceMadeForSeveralQueues() {
        netns.ip("tuntap add dev tap0 mode tap multi_queue");

        assertFails(
                Specs.tap("tap0"),
                "tap0: TUNSETIFF: EINVAL: it was made with multi_queue: set lanes = 2, or make it again without,"
                        + " ip link del tap0; ip tuntap add dev tap0 mode tap");
    }

    @Test
    void deviceHeldByAnotherProcess() throws Exception {
        try (TapDevice first = open(Specs.tap("tap0"))) {
            assertThatThrownBy(() -> open(Specs.tap("tap0")))
                    .isInstanceOf(TapException.class)
                    .hasMessageStartingWith("tap0: TUNSETIFF: EBUSY: another process holds it: end that, or choose");
            assertThat(netns.ip("link")).contains(first.name());
        }
    }

    @Test
    void nameTheKernelDoesNotTake() {
        assertFails(
                Specs.tap("sixteen-bytes-xx"),
                "sixteen-bytes-xx: check name: EINVAL: a name has 1 to 15 bytes, this one 16");
    }

    @Test
    void noPrivileges() {
        assertThatThrownBy(() -> netns.call(() -> {
                    Privileges.dropFromThisThread();
                    return LinuxTapDevice.open(Specs.tap("tap0"));
                }))
                .hasMessage("tap0: TUNSETIFF: EPERM: needs CAP_NET_ADMIN (root has it), or let root make the device for"
                        + " your user first: ip tuntap add dev tap0 mode tap user NAME");
    }

    @Test
    void aPreparedDeviceNeedsNoPrivileges() throws Exception {
        netns.ip("tuntap add dev tap0 mode tap user 0");
        netns.ip("link set tap0 up mtu 1400 txqueuelen 700");

        try (TapDevice tap = netns.call(() -> {
            Privileges.dropFromThisThread();
            return LinuxTapDevice.open(Specs.tap("tap0"));
        })) {
            assertThat(tap.name()).isEqualTo("tap0");
        }

        assertThatThrownBy(() -> netns.call(() -> {
                    Privileges.dropFromThisThread();
                    return LinuxTapDevice.open(Specs.tap("tap0", "10.8.0.1/24"));
                }))
                .hasMessage("tap0: add address 10.8.0.1/24: EPERM: needs CAP_NET_ADMIN (root has it)");
    }

    @Test
    void driverMissing() {
        assertThatThrownBy(() -> OwnedFd.open("tap0", "/dev/net/no-such-tun", LibC.O_RDWR))
                .hasMessageStartingWith("tap0: open /dev/net/no-such-tun: ENOENT: ");
        assertThat(Remedies.forOpen(IfTun.PATH, Errno.ENOENT))
                .isEqualTo("load the driver: modprobe tun (in a container: pass the device in, --device /dev/net/tun)");
    }

    @Test
    void bridgeMissing() {
        assertFails(
                Specs.tapInBridge("tap0", "br7"),
                "tap0: join bridge br7: ENODEV: there is no such bridge; make it:"
                        + " ip link add br7 type bridge && ip link set br7 up");
    }

    @Test
    void bridgeIsNone() {
        assertFails(
                Specs.tapInBridge("tap0", "lo"),
                "tap0: join bridge lo: EINVAL: lo is not a bridge: name one in bridge ="
                        + " (list them: ip link show type bridge)");
    }

    @Test
    void ipv6SwitchedOff() throws Exception {
        netns.ip("tuntap add dev tap0 mode tap");
        // /proc/sys/net shows each thread its own namespace.
        Path ipv6Off = Path.of("/proc/sys/net/ipv6/conf/tap0/disable_ipv6");
        NetworkNamespace.run(netns.name(), () -> Files.writeString(ipv6Off, "1"));

        assertFails(
                Specs.tap("tap0", "fd00:8::1/64"),
                "tap0: add address " + IpPrefix.parse("fd00:8::1/64")
                        + ": EACCES: IPv6 is switched off here: sysctl net.ipv6.conf.tap0.disable_ipv6=0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "route add 10.9.0.0/16 dev veth0; 10.9.0.0/16; "
                        + "it leads to veth0 already: ip route del 10.9.0.0/16 dev veth0, or",
                "route add default dev veth0; 0.0.0.0/0; it leads to veth0 already:",
                "route add blackhole 10.9.0.0/16; 10.9.0.0/16; "
                        + "another route has it already: ip route del 10.9.0.0/16, or",
                "-6 route add fd00:9::/48 dev veth0; fd00:9::/48; "
                        + "it leads to veth0 already: ip -6 route del fd00:9::/48 dev veth0, or",
            })
    void routeTaken(String existing, String network, String remedy) {
        netns.ip("link add veth0 type veth peer name veth1");
        netns.ip("link set veth0 up");
        netns.ip("link set veth1 up");
        netns.ip("addr add 192.0.2.1/24 dev veth0");
        netns.ip(existing);

        assertFails(
                Specs.tun("tun0", List.of("10.8.0.1/24"), "10.10.0.0/16", network),
                "tun0: add route " + network + ": EEXIST: " + remedy + " take it out of allowed_ips");
    }

    @Test
    void aRouteOfAnotherMetricIsNotInTheWay() throws Exception {
        netns.ip("link set lo up");
        netns.ip("route add 10.9.0.0/16 dev lo metric 100");

        try (TapDevice tun = open(Specs.tun("tun0", List.of(), "10.9.0.0/16"))) {
            assertThat(netns.ip("route")).contains("10.9.0.0/16 dev " + tun.name());
        }
    }

    @Test
    void anAdoptedDeviceIsRestoredWhenALaterStepFails() {
        netns.ip("tuntap add dev tap0 mode tap");
        netns.ip("link set tap0 mtu 1300");

        assertFails(Specs.tapInBridge("tap0", "br7", "10.8.0.1/24"), "tap0: join bridge br7: ENODEV: ");

        assertThat(netns.ip("link show tap0")).contains("mtu 1300");
    }

    @Test
    void failuresLeaveNoDescriptorBehind() throws Exception {
        netns.ip("tuntap add dev tap1 mode tap");
        assertFails(Specs.tapInBridge("tap0", "br7"), "tap0: join bridge"); // loads what is loaded once
        long before = openDescriptors();

        for (int i = 0; i < 50; i++) {
            assertFails(Specs.tapInBridge("tap0", "br7"), "tap0: join bridge");
            assertFails(Specs.tapInBridge("tap1", "br7"), "tap1: join bridge");
            assertFails(Specs.tap("lo"), "lo: TUNSETIFF");
        }

        assertThat(openDescriptors()).isLessThan(before + 10); // other threads have some of their own
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }

    private TapDevice open(DeviceSpec spec) throws Exception {
        return netns.call(() -> LinuxTapDevice.open(spec));
    }

    private void assertFails(DeviceSpec spec, String message) {
        String links = netns.ip("addr");
        assertThatThrownBy(() -> open(spec)).isInstanceOf(TapException.class).hasMessageStartingWith(message);
        assertThat(netns.ip("addr")).isEqualTo(links);
    }
}
