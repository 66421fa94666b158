package dev.culvert.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Proof that something allocates nothing: counts the bytes the calling thread takes from the heap. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Bytes that {@code work} allocated, after a first run to let classes load and counters settle. */
    public static long bytesOf(Runnable work) {
        work.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
