package dev.culvert.device.linux;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.Errno;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapException;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapQueue;
import dev.culvert.device.io.FdTapQueue;
import dev.culvert.ethernet.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * A TAP or TUN of Linux. A persistent device of the name ({@code ip tuntap add}) is adopted and restored on close; any
 * other name is made, and vanishes with the descriptor, even if this process is killed.
 */
public final class LinuxTapDevice implements TapDevice {
    private final DeviceSpec spec;
    private final List<OwnedFd> fds;
    private final InterfaceSetup setup;
    private final boolean persistent;
    private final GrantedOffloads offloads;
    private final List<FdTapQueue> queues;

    /** Takes the descriptors over, unless it fails. */
    private LinuxTapDevice(DeviceSpec spec, QueueDescriptors given, boolean persistent, GrantedOffloads offloads)
            throws TapException {
        this.spec = spec;
        this.persistent = persistent;
        this.offloads = offloads;
        try {
            given.attachOthers();
            this.setup = InterfaceSetup.apply(spec, persistent);
        } catch (TapException failed) {
            restoreHeader(given.first());
            throw failed;
        }
        this.fds = given.release();
        this.queues =
                fds.stream().map(fd -> new FdTapQueue(spec.name(), fd.number())).toList();
    }

    /**
     * Makes or adopts the device in the network namespace of the calling thread, configures it and brings it up. It
     * stays in that namespace, whoever uses it.
     *
     * @throws TapException naming device, operation, errno and remedy; then nothing is left behind
     */
    public static LinuxTapDevice open(DeviceSpec spec) throws TapException {
        Optional<String> fault = InterfaceName.fault(spec.name());
        if (fault.isPresent()) {
            throw new TapException(spec.name(), "check name", Errno.name(Errno.EINVAL), fault.get());
        }
        try (QueueDescriptors fds = QueueDescriptors.attachFirst(spec)) {
            boolean persistent = isPersistent(fds.first(), spec);
            GrantedOffloads offloads = VirtioHeader.negotiate(fds.first(), spec, persistent);
            return new LinuxTapDevice(spec, fds, persistent, offloads);
        }
    }

    /** Asked after attaching, so that nobody can make or remove a device of the name in between. */
    private static boolean isPersistent(OwnedFd fd, DeviceSpec spec) throws TapException {
        Ifreq answer = new Ifreq(spec.name(), 0);
        if (LibC.ioctl(fd.number(), IfTun.TUNGETIFF, answer.bytes()) < 0) {
            int errno = LibC.errno();
            throw new TapException(spec.name(), "TUNGETIFF", Errno.name(errno), Remedies.forChange(errno));
        }
        return (answer.flags() & IfTun.IFF_PERSIST) != 0;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public TapMode mode() {
        return spec.mode();
    }

    @Override
    public int mtu() {
        return spec.mtu();
    }

    @Override
    public Optional<MacAddress> hardwareAddress() {
        return spec.mode() == TapMode.TAP ? setup.hardwareAddress() : Optional.empty();
    }

    @Override
    public GrantedOffloads offloads() {
        return offloads;
    }

    @Override
    public List<TapQueue> queues() {
        return List.copyOf(queues);
    }

    @Override
    public void close() {
        queues.forEach(FdTapQueue::close);
        restoreHeader(fds.getFirst());
        setup.close();
        fds.forEach(OwnedFd::close);
    }

    private void restoreHeader(OwnedFd open) {
        if (persistent && offloads.hasHeader()) {
            VirtioHeader.clear(open);
        }
    }
}
