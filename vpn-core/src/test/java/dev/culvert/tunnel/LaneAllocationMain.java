package dev.culvert.tunnel;

import com.sun.management.ThreadMXBean;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.tunnel.ShortWire.Fate;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Counts the garbage of a lane in a virtual machine of its own, since tests watch every buffer, which makes garbage. Prints
 * bytes a frame: both ways at once, then outbound and inbound apart.
 */
final class LaneAllocationMain {
    private static final int WARM_UP_FRAMES = 400_000;
    private static final int FRAMES = 200_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private LaneAllocationMain() {}

    /** @param args a cipher, then {@code tcp} or the number of small datagrams a wakeup */
    public static void main(String[] args) throws Exception {
        LaneLoad load = args[1].equals("tcp") ? LaneLoad.tcpBulk() : LaneLoad.smallUdp(Integer.parseInt(args[1]));
        // Of the kind that lanes have: only such a thread is given the same buffers again.
        try (ExecutorService lane = Executors.newSingleThreadExecutor(new DefaultThreadFactory("lane"))) {
            lane.submit(() -> measure(load, CipherChoice.valueOf(args[0]))).get();
        }
    }

    private static void measure(LaneLoad load, CipherChoice cipher) {
        try (LanePair pair = load.pair(cipher)) {
            Garbage _ = carry(pair, load, Fate.ARRIVE, WARM_UP_FRAMES);
            Garbage _ = carry(pair, load, Fate.WAIT, WARM_UP_FRAMES);
            Garbage both = carry(pair, load, Fate.ARRIVE, FRAMES);
            Garbage apart = carry(pair, load, Fate.WAIT, FRAMES);
            System.out.println(both.aFrame(both.outbound)
                    + " " + apart.aFrame(apart.outbound)
                    + " " + apart.aFrame(apart.inbound));
        }
    }

    /** Bytes allocated on the way to the wire, and behind it; when nothing waits there, all count as outbound. */
    private record Garbage(long arrived, long outbound, long inbound) {
        double aFrame(long bytes) {
            return bytes / (double) arrived;
        }
    }

    private static Garbage carry(LanePair pair, LaneLoad load, Fate fate, int frames) {
        pair.setFate(fate);
        long before = pair.receiverTap().framesWritten();
        long outbound = 0;
        long inbound = 0;
        for (int carried = 0; carried < frames; carried += load.frames()) {
            long start = THREADS.getCurrentThreadAllocatedBytes();
            load.encapsulateBy(pair);
            long between = THREADS.getCurrentThreadAllocatedBytes();
            pair.decapsulate();
            outbound += between - start;
            inbound += THREADS.getCurrentThreadAllocatedBytes() - between;
        }
        return new Garbage(pair.receiverTap().framesWritten() - before, outbound, inbound);
    }
}
