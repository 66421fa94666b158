package dev.culvert.device.linux;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.Errno;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.device.TapException;
import dev.culvert.offload.VirtioNetHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The virtio header of a device and the offloads that it makes possible. */
final class VirtioHeader {
    private static final int KERNELS_HEADER_BYTES = 10; // drivers/net/tun.c: struct virtio_net_hdr, of a new device

    private VirtioHeader() {}

    /** For TUNSETIFF. */
    static int flag(DeviceSpec spec) {
        return spec.offloads().isEmpty() ? 0 : IfTun.IFF_VNET_HDR;
    }

    /**
     * Agrees with the kernel on the header and on what it says.
     *
     * @param persistent somebody before us may have left offloads on, and without a header nobody could tell a frame from
     *     a super-frame
     */
    static GrantedOffloads negotiate(OwnedFd fd, DeviceSpec spec, boolean persistent) throws TapException {
        if (spec.offloads().isEmpty()) {
            if (persistent) {
                clear(fd);
            }
            return GrantedOffloads.NONE;
        }
        int errno = setHeaderBytes(fd, VirtioNetHeader.BYTES);
        if (errno != 0) {
            throw new TapException(spec.name(), "TUNSETVNETHDRSZ", Errno.name(errno), Remedies.forChange(errno));
        }
        OffloadProbe probe = new OffloadProbe(flags -> setOffload(fd, flags));
        probe.ask(spec.offloads());
        return new GrantedOffloads(VirtioNetHeader.BYTES, probe.granted(), probe.refused());
    }

    /** As the kernel makes devices; for one that others will use after us. */
    static void clear(OwnedFd fd) {
        setOffload(fd, 0);
        setHeaderBytes(fd, KERNELS_HEADER_BYTES);
    }

    private static int setOffload(OwnedFd fd, long flags) {
        return LibC.ioctl(fd.number(), IfTun.TUNSETOFFLOAD, flags) < 0 ? LibC.errno() : 0;
    }

    private static int setHeaderBytes(OwnedFd fd, int bytes) {
        byte[] argument = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(bytes)
                .array();
        return LibC.ioctl(fd.number(), IfTun.TUNSETVNETHDRSZ, argument) < 0 ? LibC.errno() : 0;
    }
}
