package dev.culvert.lab;

import java.time.Duration;
import java.util.Arrays;

/**
 * A {@link PlainTapLoopback} in a process of its own, so that its price can be told from that of the traffic through it.
 * The lab stops it at the latest when it closes.
 */
public final class TapLoopbackProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final LabProcess process;
    private final String refusedOffloads;

    private TapLoopbackProcess(LabProcess process, String refusedOffloads) {
        this.process = process;
        this.refusedOffloads = refusedOffloads;
    }

    /**
     * Starts it and waits until it carries frames.
     *
     * @param firstAddresses as in {@link Lab#link(LabHost, String, LabHost, String)}
     * @param superFrames hand over what the kernel has not cut yet, as it is
     */
    public static TapLoopbackProcess start(
            LabHost first, String firstAddresses, LabHost second, String secondAddresses, int mtu, boolean superFrames)
            throws LabException {
        // Inside the first host, so that it goes with the host should this JVM be killed.
        LabProcess process = first.startJvm(
                superFrames ? "TAP loopback, super-frames" : "TAP loopback",
                TapLoopbackMain.class,
                first.namespace(),
                firstAddresses,
                second.namespace(),
                secondAddresses,
                String.valueOf(mtu),
                String.valueOf(superFrames));
        String ready =
                process.awaitLine("that it is ready", line -> line.startsWith(TapLoopbackMain.READY), START_LIMIT);
        return new TapLoopbackProcess(
                process, ready.substring(TapLoopbackMain.READY.length()).strip());
    }

    /** What of the kernel's help with super-frames it did not get, and why, for people; empty when it has all. */
    public String refusedOffloads() {
        return refusedOffloads;
    }

    /** Of the process that carries the frames, whose processor time is the price of the loopback. */
    public ProcessHandle handle() throws LabException {
        return process.handle();
    }

    /** What it has done until now, by its own count. One caller at a time. */
    public LoopbackCounts counts() throws LabException {
        long[] numbers = Arrays.stream(
                        process.ask(TapLoopbackMain.COUNTS, ANSWER_LIMIT).split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        return new LoopbackCounts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /** Ends it, which removes both devices. A second call does nothing. */
    @Override
    public void close() throws LabException {
        process.close();
    }
}
