package dev.culvert.bench.crypto;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;

/**
 * What a packet costs the thread that processes it.
 *
 * @param nanos of processor time: what other programs take meanwhile is not in it
 * @param garbageBytes allocated on the heap
 */
record Cost(double nanos, double garbageBytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    Cost least(Cost other) {
        return nanos <= other.nanos ? this : other;
    }

    /** Runs {@code work}, which is to process that many packets. */
    static Cost of(long packets, LongConsumer work) {
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        long nanosBefore = THREADS.getCurrentThreadCpuTime();
        work.accept(packets);
        long nanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        return new Cost((double) nanos / packets, (double) allocated / packets);
    }
}
