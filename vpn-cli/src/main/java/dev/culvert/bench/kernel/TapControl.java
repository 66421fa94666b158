package dev.culvert.bench.kernel;

/** What is set on an open TAP beyond what a tunnel wants; linux/if_tun.h. */
public final class TapControl {
    private static final long TUNSETTXFILTER = 0x400454d1L;
    private static final int COUNT = 2; // in struct tun_filter
    private static final int ADDRESS = 4;

    private TapControl() {}

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
        if (Libc.ioctl(fd, TUNSETTXFILTER, filter.segment()) < 0) {
            throw KernelException.last("TUNSETTXFILTER");
        }
    }
}
