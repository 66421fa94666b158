package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.TapControl;
import dev.culvert.bench.kernel.UdpSocket;
import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapOffload;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One host that nobody else uses, where frames are carried.
 *
 * <pre>
 *  plain0  10.77.1.1/24   a TAP whose frames are read and written one by one
 *  super0  10.77.3.1/24   a TAP with vnet_hdr, whose frames may be super-frames
 *  away0   10.77.2.1/24   a TAP that throws away what is sent through it
 *  lo      127.0.0.1
 * </pre>
 */
final class Site {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    /** Behind every TAP. */
    static final MacAddress NEIGHBOUR = MacAddress.parse("02:00:00:00:00:77");

    private static final int MTU = Sizes.EVERYDAY - 14;
    private static final int BUFFER_BYTES = 16 << 20;
    private static final int TX_QUEUE_FRAMES = 4096;
    private static final int FIRST_PORT = 7777;

    private final Lab lab;
    private final LabHost host;
    private final Port plain;
    private final Port away;
    private int nextPort = FIRST_PORT;

    private Site(Lab lab, LabHost host) throws IOException {
        this.lab = lab;
        this.host = host;
        this.plain = port("plain0", 1, DeviceSpec.maxMtu(TapMode.TAP), Set.of());
        this.away = port("away0", 2, DeviceSpec.maxMtu(TapMode.TAP), EnumSet.allOf(TapOffload.class));
        TapControl.throwAway(away.fd());
    }

    /** Removed with the lab. */
    static Site build(Lab lab) throws IOException {
        LabHost host = lab.host("crossing");
        // Multicast reports and router solicitations would stand between the frames that are counted. Where there is no
        // IPv6, this fails, and there is nothing to switch off.
        host.run("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
        return new Site(lab, host);
    }

    private Port port(String name, int subnet, int mtu, Set<TapOffload> offloads) throws IOException {
        InetAddress address = InetAddress.ofLiteral("10.77." + subnet + ".1");
        InetAddress neighbour = InetAddress.ofLiteral("10.77." + subnet + ".2");
        DeviceSpec spec = new DeviceSpec(
                        name,
                        TapMode.TAP,
                        mtu,
                        TX_QUEUE_FRAMES,
                        List.of(IpPrefix.parse(address.getHostAddress() + "/24")),
                        Optional.empty(),
                        List.of())
                .withOffloads(offloads);
        TapDevice device = host.call(() -> LinuxTapDevice.open(spec));
        lab.keep(device);
        String permanent = "neighbour add %s lladdr %s dev %s nud permanent"
                .formatted(neighbour.getHostAddress(), NEIGHBOUR, name);
        host.ip(permanent.split(" ", -1));
        return new Port(device, address, neighbour);
    }

    /** What of it decides the figures, for people. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("MTU of the TAPs", plain.device().mtu() + ", of the one for super-frames " + MTU);
        facts.put(
                "offloads granted",
                away.device().offloads().granted().stream()
                        .map(TapOffload::text)
                        .collect(Collectors.joining(", ")));
        return facts;
    }

    /** Whose frames are read and written one by one, as they would be on a wire. */
    Port plain() {
        return plain;
    }

    /** Whose frames have a vnet_hdr and may be super-frames. */
    Port superFrames() throws IOException {
        return port("super0", 3, MTU, EnumSet.allOf(TapOffload.class));
    }

    /** Sends to a device that throws everything away. */
    UdpSocket towardsNowhere() throws IOException {
        return towards(away);
    }

    /** Sends what is then to be read from {@code port}. */
    UdpSocket towards(Port port) throws IOException {
        return socket().connect(new InetSocketAddress(port.neighbour(), FIRST_PORT));
    }

    /** A socket that receives what comes for {@code local}. */
    Receiver receiver(InetAddress local) throws IOException {
        InetSocketAddress address = new InetSocketAddress(local, nextPort++);
        return new Receiver(socket().bind(address), address);
    }

    UdpSocket socket() throws IOException {
        return lab.keep(host.call(() -> UdpSocket.open(BUFFER_BYTES)));
    }

    /** A TAP with its own address and that of the only neighbour on its wire: us. */
    record Port(TapDevice device, InetAddress address, InetAddress neighbour) {
        int fd() {
            return device.queue().fileDescriptor();
        }

        int headerBytes() {
            return device.offloads().headerBytes();
        }
    }

    record Receiver(UdpSocket socket, InetSocketAddress address) {}
}
