package dev.culvert.device.linux;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.Errno;
import dev.culvert.device.TapException;
import dev.culvert.device.TapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The descriptors of a device, one a queue (IFF_MULTI_QUEUE, Documentation/networking/tuntap.rst, section 3.3). Closes
 * them, unless they were released to another owner.
 */
final class QueueDescriptors implements AutoCloseable {
    private final DeviceSpec spec;
    private final List<OwnedFd> fds = new ArrayList<>();

    private QueueDescriptors(DeviceSpec spec) {
        this.spec = spec;
    }

    /** Makes or adopts the device, with its first queue. */
    static QueueDescriptors attachFirst(DeviceSpec spec) throws TapException {
        QueueDescriptors descriptors = new QueueDescriptors(spec);
        descriptors.attach();
        try {
            descriptors.refuseToShare();
        } catch (TapException shared) {
            descriptors.close();
            throw shared;
        }
        return descriptors;
    }

    /** A device for one queue is refused by the kernel when somebody has it; to one for several it adds ours. */
    private void refuseToShare() throws TapException {
        if (spec.queues() == 1) {
            return;
        }
        Optional<LinkInfo> device = existing(spec.name());
        if (device.isPresent() && device.get().queues() > 1) {
            throw refusal(Errno.EBUSY, device);
        }
    }

    private TapException refusal(int errno, Optional<LinkInfo> device) {
        return new TapException(
                spec.name(), "TUNSETIFF", Errno.name(errno), Remedies.forTunSetIff(errno, spec, device));
    }

    /** Adds the other queues that the spec asks for. */
    void attachOthers() throws TapException {
        while (fds.size() < spec.queues()) {
            attach();
        }
    }

    private void attach() throws TapException {
        OwnedFd fd = OwnedFd.open(spec.name(), IfTun.PATH, LibC.O_RDWR | LibC.O_NONBLOCK);
        Ifreq request = new Ifreq(spec.name(), flags(spec));
        if (LibC.ioctl(fd.number(), IfTun.TUNSETIFF, request.bytes()) < 0) {
            int errno = LibC.errno();
            fd.close();
            throw refusal(errno, existing(spec.name()));
        }
        fds.add(fd);
    }

    /** The same for every queue: the kernel takes them over for the whole device each time. */
    private static int flags(DeviceSpec spec) {
        int kind = spec.mode() == TapMode.TAP ? IfTun.IFF_TAP : IfTun.IFF_TUN;
        int several = spec.queues() > 1 ? IfTun.IFF_MULTI_QUEUE : 0;
        return kind | IfTun.IFF_NO_PI | several | VirtioHeader.flag(spec);
    }

    private static Optional<LinkInfo> existing(String name) throws TapException {
        try (RtnetlinkSocket netlink = RtnetlinkSocket.open(name)) {
            return LinkInfo.find(netlink, name);
        }
    }

    OwnedFd first() {
        return fds.getFirst();
    }

    /** To be closed by the caller from now on. */
    List<OwnedFd> release() {
        List<OwnedFd> released = fds.stream().map(OwnedFd::release).toList();
        fds.clear();
        return released;
    }

    @Override
    public void close() {
        fds.forEach(OwnedFd::close);
    }
}
