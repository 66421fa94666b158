package dev.culvert.device.linux;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.Errno;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import java.util.Optional;

/** What the operator can do about each refusal: the last part of a {@code TapException}'s message. */
final class Remedies {
    private static final String NEEDS_NET_ADMIN = "needs CAP_NET_ADMIN (root has it)";

    private Remedies() {}

    static String forOpen(String path, int errno) {
        boolean tun = path.equals(IfTun.PATH);
        return switch (errno) {
            case Errno.ENOENT, Errno.ENODEV ->
                tun
                        ? "load the driver: modprobe tun (in a container: pass the device in, --device " + path + ")"
                        : "it does not exist; list what does: ip netns";
            case Errno.EACCES, Errno.EPERM -> "needs read and write permission on " + path + " (root has it)";
            default -> "check what " + path + " is: ls -l " + path;
        };
    }

    /** {@code existing} is the interface that has the name already. */
    static String forTunSetIff(int errno, DeviceSpec spec, Optional<LinkInfo> existing) {
        String name = spec.name();
        return switch (errno) {
            case Errno.EPERM ->
                NEEDS_NET_ADMIN + ", or let root make the device for your user first: ip tuntap add dev " + name
                        + " mode " + spec.mode().text() + " user NAME";
            case Errno.EBUSY ->
                "another process holds it: end that, or choose another name (find it: grep -l \"iff:.*" + name
                        + "\" /proc/*/fdinfo/*)";
            case Errno.EINVAL ->
                existing.map(link -> forTaken(spec, link)).orElse("the kernel takes no such device; see dmesg");
            default -> "the kernel made no device; see dmesg";
        };
    }

    private static String forTaken(DeviceSpec spec, LinkInfo existing) {
        String name = spec.name();
        if (!existing.kind().equals("tun")) {
            String kind = existing.kind().isEmpty() ? "network card or loopback" : existing.kind();
            return "the name belongs to another kind of device (" + kind + "): choose another name";
        }
        if (existing.isTap() != (spec.mode() == TapMode.TAP)) {
            TapMode there = existing.isTap() ? TapMode.TAP : TapMode.TUN;
            return "it exists as a %s, not a %s: set mode = \"%1$s\", or remove it: ip link del %s"
                    .formatted(there.text(), spec.mode().text(), name);
        }
        if (existing.isMultiQueue() != (spec.queues() > 1)) {
            return (existing.isMultiQueue()
                            ? "it was made with multi_queue: set lanes = 2, or make it again without, "
                                    + "ip link del %s; ip tuntap add dev %1$s mode %s"
                            : "it was made without multi_queue: set lanes = 1, or make it again with it, "
                                    + "ip link del %s; ip tuntap add dev %1$s mode %s multi_queue")
                    .formatted(name, spec.mode().text());
        }
        return "it cannot be adopted as it is: ip link del " + name;
    }

    static String forMissingBridge(String bridge) {
        return "there is no such bridge; make it: ip link add " + bridge + " type bridge && ip link set " + bridge
                + " up";
    }

    static String forNoBridge(String name) {
        return name + " is not a bridge: name one in bridge = (list them: ip link show type bridge)";
    }

    static String forAddress(String device, int errno) {
        return switch (errno) {
            case Errno.EACCES ->
                "IPv6 is switched off here: sysctl net.ipv6.conf." + device
                        + ".disable_ipv6=0 (or .default. before it exists)";
            case Errno.EOPNOTSUPP -> "this kernel runs without IPv6: take the address out";
            default -> forChange(errno);
        };
    }

    static String forTakenRoute(IpPrefix network, Optional<String> through) {
        String found =
                through.map(device -> "it leads to " + device + " already: ").orElse("another route has it already: ");
        if (network.prefixBits() == 0) {
            return found + "take it out of allowed_ips"; // without it, the host is off the network
        }
        String command = network.isV4() ? "ip route del " : "ip -6 route del ";
        return found + command + network
                + through.map(device -> " dev " + device).orElse("") + ", or take it out of allowed_ips";
    }

    /** For changes to an interface in general. */
    static String forChange(int errno) {
        return switch (errno) {
            case Errno.EPERM -> NEEDS_NET_ADMIN;
            case Errno.ENODEV -> "the device was deleted meanwhile; try again";
            case Errno.EAGAIN, Errno.ENOMEM, Errno.ENOBUFS -> "the kernel is short of memory; try again";
            default -> "the kernel refused; see dmesg";
        };
    }
}
