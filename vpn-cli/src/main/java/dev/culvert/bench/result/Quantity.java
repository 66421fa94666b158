package dev.culvert.bench.result;

/**
 * What was measured.
 *
 * @param name for people, in the middle of a sentence: {@code throughput}
 * @param unit of every number beside it: {@code Gbit/s}
 */
public record Quantity(String name, String unit, Better better) {
    public static final Quantity THROUGHPUT = new Quantity("throughput", "Gbit/s", Better.HIGHER);
    public static final Quantity FRAME_RATE = new Quantity("frame rate", "frames/s", Better.HIGHER);
    /** Of what was offered at a rate: it says who keeps up, and nothing of how easily. */
    public static final Quantity ARRIVAL_RATE = new Quantity("arrival rate", "packets/s", Better.HIGHER);

    /** Likewise, of echoes. */
    public static final Quantity CARRIED = new Quantity("throughput each way", "Mbit/s", Better.HIGHER);

    public static final Quantity CPU_PER_GIGABYTE = new Quantity("CPU time", "s/GB", Better.LOWER);
    public static final Quantity CPU_PER_PACKET = new Quantity("CPU time", "us/packet", Better.LOWER);
    public static final Quantity ROUND_TRIP = new Quantity("round trip", "us", Better.LOWER);
    public static final Quantity LOSS = new Quantity("loss", "%", Better.LOWER);
    public static final Quantity CALLS_PER_FRAME = new Quantity("system calls", "calls/frame", Better.LOWER);
    public static final Quantity COST = new Quantity("time", "ns", Better.LOWER);
    public static final Quantity SPEED = new Quantity("speed", "GB/s", Better.HIGHER);
    public static final Quantity GARBAGE = new Quantity("garbage", "bytes/packet", Better.LOWER);

    /** Which of two values a user would rather have. */
    public enum Better {
        HIGHER,
        LOWER
    }
}
