package dev.culvert.bench.kernel;

/** What is set on an open TAP beyond what a tunnel wants; linux/if_tun.h. */
public final class TapControl {
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final long TUNSETTXFILTER = 0x400454d1L;
    private static final int ALL_OFFLOADS = 0x6f; // checksums, TSO4, TSO6, ECN, USO4, USO6
    private static final int WITHOUT_UDP = 0x0f;
    private static final int COUNT = 2; // in struct tun_filter
    private static final int ADDRESS = 4;

    private TapControl() {}

    /** Lets the kernel hand over frames without checksums and, where it can, uncut. */
    public static void takeOffloads(int fd) throws KernelException {
        if (Libc.ioctl(fd, TUNSETOFFLOAD, ALL_OFFLOADS) < 0 && Libc.ioctl(fd, TUNSETOFFLOAD, WITHOUT_UDP) < 0) {
            throw KernelException.last("TUNSETOFFLOAD");
        }
    }

    /**
     * From now on the device throws away what the kernel sends through it, before it queues or copies: it takes only
     * frames for one station, which does not exist.
     */
    public static void throwAway(int fd) throws KernelException {
        NativeMemory filter = new NativeMemory(16);
        filter.putByte(COUNT, 1);
        for (int i = 0; i < 6; i++) {
            filter.putByte(ADDRESS + i, i == 0 ? 0x02 : 0xee);
        }
        if (Libc.ioctl(fd, TUNSETTXFILTER, filter.address()) < 0) {
            throw KernelException.last("TUNSETTXFILTER");
        }
    }
}
