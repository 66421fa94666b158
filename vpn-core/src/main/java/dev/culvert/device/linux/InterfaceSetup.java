package dev.culvert.device.linux;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.Errno;
import dev.culvert.device.TapException;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an interface what its spec says, and on an adopted one remembers how to take each change back. Only what
 * differs is changed, so that a device which root has prepared can be used without privileges.
 */
final class InterfaceSetup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceSetup.class);

    private final DeviceSpec spec;
    private final boolean adopted;
    private final RtnetlinkSocket netlink;
    private final LinkInfo before;
    private final Deque<NetlinkMessage> undo = new ArrayDeque<>();

    private InterfaceSetup(DeviceSpec spec, boolean adopted, RtnetlinkSocket netlink, LinkInfo before) {
        this.spec = spec;
        this.adopted = adopted;
        this.netlink = netlink;
        this.before = before;
    }

    /**
     * Sets up the interface, or throws and leaves it as it was.
     *
     * @param adopted the interface outlives us: closing must restore it
     */
    static InterfaceSetup apply(DeviceSpec spec, boolean adopted) throws TapException {
        RtnetlinkSocket netlink = RtnetlinkSocket.open(spec.name());
        try {
            LinkInfo before = LinkInfo.find(netlink, spec.name())
                    .orElseThrow(() -> new TapException(
                            spec.name(),
                            "look up interface",
                            Errno.name(Errno.ENODEV),
                            Remedies.forChange(Errno.ENODEV)));
            InterfaceSetup setup = new InterfaceSetup(spec, adopted, netlink, before);
            setup.applyOrUndo();
            return setup;
        } catch (TapException | RuntimeException e) {
            netlink.close();
            throw e;
        }
    }

    private void applyOrUndo() throws TapException {
        try {
            setMtu();
            setTxQueue();
            setHardwareAddress();
            joinBridge();
            for (IpPrefix address : spec.addresses()) {
                addAddress(address);
            }
            bringUp();
            // Only now: the kernel takes no route through an interface that is down.
            for (IpPrefix network : networksToRoute(spec)) {
                addRoute(network);
            }
        } catch (TapException | RuntimeException e) {
            restore();
            throw e;
        }
    }

    Optional<MacAddress> hardwareAddress() {
        return wishedHardwareAddress().or(before::hardwareAddress);
    }

    /** An adopted device keeps the address that root gave it. */
    private Optional<MacAddress> wishedHardwareAddress() {
        return adopted ? Optional.empty() : spec.hardwareAddress();
    }

    private void setMtu() throws TapException {
        if (before.mtu() != spec.mtu()) {
            change(
                    "set mtu " + spec.mtu(),
                    Requests.mtu(before.index(), spec.mtu()),
                    Requests.mtu(before.index(), before.mtu()));
        }
    }

    private void setTxQueue() throws TapException {
        if (before.txQueueFrames() != spec.txQueueFrames()) {
            change(
                    "set txqueue " + spec.txQueueFrames(),
                    Requests.txQueue(before.index(), spec.txQueueFrames()),
                    Requests.txQueue(before.index(), before.txQueueFrames()));
        }
    }

    private void setHardwareAddress() throws TapException {
        Optional<MacAddress> wished = wishedHardwareAddress();
        if (wished.isPresent()) {
            String operation = "set hardware address " + wished.get();
            int errno = netlink.ask(Requests.hardwareAddress(before.index(), wished.get()))
                    .errno();
            if (errno != 0) {
                throw failure(operation, errno, Remedies.forChange(errno));
            }
        }
    }

    private void joinBridge() throws TapException {
        if (spec.bridge().isEmpty()) {
            return;
        }
        String name = spec.bridge().get();
        String operation = "join bridge " + name;
        LinkInfo bridge = LinkInfo.find(netlink, name)
                .orElseThrow(() -> failure(operation, Errno.ENODEV, Remedies.forMissingBridge(name)));
        if (!bridge.kind().equals("bridge")) {
            throw failure(operation, Errno.EINVAL, Remedies.forNoBridge(name));
        }
        if (before.masterIndex() != bridge.index()) {
            change(
                    operation,
                    Requests.master(before.index(), bridge.index()),
                    Requests.master(before.index(), before.masterIndex()));
        }
    }

    private void addAddress(IpPrefix address) throws TapException {
        int errno = netlink.ask(Requests.addAddress(before.index(), address)).errno();
        if (errno == Errno.EEXIST) {
            return; // it was there before us, and will be after us
        }
        if (errno != 0) {
            throw failure("add address " + address, errno, Remedies.forAddress(spec.name(), errno));
        }
        remember(Requests.removeAddress(before.index(), address));
    }

    private void bringUp() throws TapException {
        if (!before.isUp()) {
            change("bring up", Requests.up(before.index()), Requests.down(before.index()));
        }
    }

    /** Without what the device's own addresses already lead to. */
    private static Set<IpPrefix> networksToRoute(DeviceSpec spec) {
        List<IpPrefix> own = spec.addresses().stream().map(IpPrefix::network).toList();
        return spec.routes().stream()
                .map(IpPrefix::network)
                .filter(route -> own.stream().noneMatch(network -> network.contains(route)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void addRoute(IpPrefix network) throws TapException {
        int errno = netlink.ask(Requests.addRoute(before.index(), network)).errno();
        if (errno == Errno.EEXIST) {
            OptionalInt through = RouteTable.interfaceOf(netlink, network);
            if (through.equals(OptionalInt.of(before.index()))) {
                return; // as with an address
            }
            throw failure(
                    "add route " + network,
                    errno,
                    Remedies.forTakenRoute(network, RouteTable.deviceName(netlink, through)));
        }
        if (errno != 0) {
            throw failure("add route " + network, errno, Remedies.forChange(errno));
        }
        remember(Requests.removeRoute(before.index(), network));
    }

    private void change(String operation, NetlinkMessage request, NetlinkMessage reverse) throws TapException {
        int errno = netlink.ask(request).errno();
        if (errno != 0) {
            throw failure(operation, errno, Remedies.forChange(errno));
        }
        remember(reverse);
    }

    private void remember(NetlinkMessage reverse) {
        if (adopted) {
            undo.push(reverse);
        }
    }

    private TapException failure(String operation, int errno, String remedy) {
        return new TapException(spec.name(), operation, Errno.name(errno), remedy);
    }

    private void restore() {
        while (!undo.isEmpty()) {
            int errno = netlink.ask(undo.pop()).errno();
            switch (errno) {
                // Gone already: with the device, by the operator's hand, or with a primary address in its subnet.
                case 0, Errno.ENODEV, Errno.ESRCH, Errno.EADDRNOTAVAIL -> {}
                default -> LOG.warn("device not fully restored device={} errno={}", spec.name(), Errno.name(errno));
            }
        }
    }

    @Override
    public void close() {
        restore();
        netlink.close();
    }
}
