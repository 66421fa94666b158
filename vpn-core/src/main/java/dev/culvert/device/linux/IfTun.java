package dev.culvert.device.linux;

/** Constants of linux/if_tun.h; the ioctl numbers are those of x86-64, arm64 and riscv. */
final class IfTun {
    static final String PATH = "/dev/net/tun";

    static final long TUNSETIFF = 0x400454caL; // _IOW('T', 202, int)
    static final long TUNGETIFF = 0x800454d2L; // _IOR('T', 210, unsigned int)

    static final int IFF_TUN = 0x0001;
    static final int IFF_TAP = 0x0002;
    static final int IFF_PERSIST = 0x0800;
    static final int IFF_NO_PI = 0x1000;

    private IfTun() {}
}
