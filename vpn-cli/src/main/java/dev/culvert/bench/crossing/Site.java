package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.TapControl;
import dev.culvert.bench.kernel.UdpSocket;
import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * One host that nobody else uses, where frames are carried.
 *
 * <pre>
 *  plain0  10.77.1.1/24   a TAP whose frames are read and written one by one
 *  away0   10.77.2.1/24   a TAP that throws away what is sent through it
 *  lo      127.0.0.1
 * </pre>
 */
final class Site {
    static final String PLAIN = "plain0";
    static final String AWAY = "away0";
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    /** Behind {@code away0}. */
    static final InetAddress NOWHERE = InetAddress.ofLiteral("10.77.2.2");

    static final InetAddress PLAIN_NEIGHBOUR = InetAddress.ofLiteral("10.77.1.2");
    static final InetAddress PLAIN_ADDRESS = InetAddress.ofLiteral("10.77.1.1");
    /** Behind every TAP. */
    static final MacAddress NEIGHBOUR = MacAddress.parse("02:00:00:00:00:77");

    private static final int BUFFER_BYTES = 16 << 20;
    private static final int TX_QUEUE_FRAMES = 4096;
    private static final int FIRST_PORT = 7777;

    private final Lab lab;
    private final LabHost host;
    private final TapDevice plain;
    private int nextPort = FIRST_PORT;

    private Site(Lab lab, LabHost host) throws IOException {
        this.lab = lab;
        this.host = host;
        this.plain = tap(PLAIN, "10.77.1.1/24", PLAIN_NEIGHBOUR);
    }

    /** Removed with the lab. */
    static Site build(Lab lab) throws IOException {
        LabHost host = lab.host("crossing");
        // Multicast reports and router solicitations would stand between the frames that are counted.
        host.run("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
        Site site = new Site(lab, host);
        int away = site.tap(AWAY, "10.77.2.1/24", NOWHERE).queue().fileDescriptor();
        TapControl.takeOffloads(away);
        TapControl.throwAway(away);
        return site;
    }

    private TapDevice tap(String name, String address, InetAddress neighbour) throws IOException {
        DeviceSpec spec = new DeviceSpec(
                name,
                TapMode.TAP,
                DeviceSpec.maxMtu(TapMode.TAP),
                TX_QUEUE_FRAMES,
                List.of(IpPrefix.parse(address)),
                Optional.empty(),
                List.of());
        TapDevice device = host.call(() -> LinuxTapDevice.open(spec));
        lab.keep(device);
        host.ip(
                "neighbour",
                "add",
                neighbour.getHostAddress(),
                "lladdr",
                NEIGHBOUR.toString(),
                "dev",
                name,
                "nud",
                "permanent");
        return device;
    }

    TapDevice plain() {
        return plain;
    }

    /** What is sent through it goes to {@code target}: one of the addresses behind the TAPs. */
    UdpSocket towards(InetAddress target) throws IOException {
        return socket().connect(new InetSocketAddress(target, FIRST_PORT));
    }

    /** A socket that receives what comes for {@code local}. */
    Receiver receiver(InetAddress local) throws IOException {
        InetSocketAddress address = new InetSocketAddress(local, nextPort++);
        return new Receiver(socket().bind(address), address);
    }

    UdpSocket socket() throws IOException {
        return lab.keep(host.call(() -> UdpSocket.open(BUFFER_BYTES)));
    }

    record Receiver(UdpSocket socket, InetSocketAddress address) {}
}
