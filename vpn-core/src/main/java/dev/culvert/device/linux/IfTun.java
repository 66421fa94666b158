package dev.culvert.device.linux;

/** Constants of linux/if_tun.h; the ioctl numbers are those of x86-64, arm64 and riscv. */
final class IfTun {
    static final String PATH = "/dev/net/tun";

    static final long TUNSETIFF = 0x400454caL; // _IOW('T', 202, int)
    static final long TUNGETIFF = 0x800454d2L; // _IOR('T', 210, unsigned int)
    static final long TUNSETOFFLOAD = 0x400454d0L; // _IOW('T', 208, unsigned int)
    static final long TUNSETVNETHDRSZ = 0x400454d8L; // _IOW('T', 216, int)

    static final int IFF_TUN = 0x0001;
    static final int IFF_TAP = 0x0002;
    static final int IFF_MULTI_QUEUE = 0x0100;
    static final int IFF_PERSIST = 0x0800;
    static final int IFF_NO_PI = 0x1000;
    static final int IFF_VNET_HDR = 0x4000;

    static final int TUN_F_CSUM = 0x01;
    static final int TUN_F_TSO4 = 0x02;
    static final int TUN_F_TSO6 = 0x04;
    static final int TUN_F_TSO_ECN = 0x08;
    static final int TUN_F_USO4 = 0x20;
    static final int TUN_F_USO6 = 0x40;

    private IfTun() {}
}
