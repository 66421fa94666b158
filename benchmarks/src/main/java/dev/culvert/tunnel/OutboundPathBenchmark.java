package dev.culvert.tunnel;

import dev.culvert.tunnel.ShortWire.Fate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a frame costs from the device to the socket: switched, cut, sealed, collected. System calls are not in it; a copy
 * is, which stands for the one that the kernel makes when the device is read, and which {@link #read} measures alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LaneState.FRAMES)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dio.netty.leakDetection.level=disabled",
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=dev.culvert.tunnel.LaneThread"
        })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class OutboundPathBenchmark {
    private final RepeatingTap tap = new RepeatingTap();
    private final ByteBuf buffer = Unpooled.directBuffer(FrameSizes.MAX_SUPER_FRAME_BYTES);

    @Setup(Level.Trial)
    public void sendNowhere(LaneState lanes) {
        lanes.pair.setFate(Fate.VANISH);
    }

    @Benchmark
    public void encapsulate(LaneState lanes) {
        lanes.frames.encapsulateBy(lanes.pair);
    }

    @Benchmark
    public int read(LaneState lanes) {
        tap.put(lanes.frames.frame(), lanes.frames.reads());
        int bytes = 0;
        for (int frame = 0; frame < lanes.frames.reads(); frame++) {
            bytes += tap.read(buffer.clear());
        }
        return bytes;
    }

    @TearDown(Level.Trial)
    public void release() {
        buffer.release();
    }
}
