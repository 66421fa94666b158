package dev.culvert.ethernet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the switch adds to a frame, and whether a peer that floods us with addresses makes a frame dearer for everybody.
 * Run it with {@code -prof gc}, too: nothing is allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForwardingTableBenchmark {
    private static final long FIRST = 0x0200_0000_0000L;
    private static final long OWN = 0x0600_0000_0000L;
    private static final int FRAME_BYTES = 60;
    private static final int MAX_FRAME_BYTES = 1_514;
    private static final String ALICE = "alice";
    private static final String BOB = "bob";

    /** Stations in use: one at each end, an office, all that one peer may have. */
    @Param({"1", "100", "4096"})
    public int stations;

    private final ForwardingTable<String> table = new ForwardingTable<>(ForwardingLimits.DEFAULT, 42);
    private final FrameSwitch<String> frameSwitch =
            new FrameSwitch<>(table, new MacAddress(OWN), MAX_FRAME_BYTES, false);
    private final ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(FRAME_BYTES);
    private int next;

    @Setup(Level.Trial)
    public void learnStations() {
        frame.writeZero(FRAME_BYTES);
        for (int i = 0; i < stations; i++) {
            learned(table.learn(FIRST + i, ALICE, 0));
        }
    }

    @TearDown(Level.Trial)
    public void release() {
        frame.release();
    }

    @Benchmark
    public SwitchVerdict frameFromTap() {
        address(station(), OWN);
        return frameSwitch.onFrameFromTap(frame, 0, FRAME_BYTES, 1);
    }

    @Benchmark
    public SwitchVerdict frameFromPeer() {
        address(OWN, station());
        return frameSwitch.onFrameFromPeer(ALICE, frame, 0, FRAME_BYTES, 1);
    }

    /** Every frame from a source never seen before: the flooder's share is soon full. */
    @Benchmark
    public SwitchVerdict frameOfAFlood() {
        address(OWN, FIRST + 0x1_0000_0000L + next++);
        return frameSwitch.onFrameFromPeer(BOB, frame, 0, FRAME_BYTES, 1);
    }

    private long station() {
        next = next + 1 < stations ? next + 1 : 0;
        return FIRST + next;
    }

    private void address(long destination, long source) {
        frame.setLong(EthernetHeader.DESTINATION, (destination << Short.SIZE) | (source >>> Integer.SIZE));
        frame.setInt(EthernetHeader.SOURCE + Short.BYTES, (int) source);
    }

    private static void learned(Learned outcome) {
        if (outcome != Learned.ADDED) {
            throw new IllegalStateException("not learned: " + outcome);
        }
    }
}
