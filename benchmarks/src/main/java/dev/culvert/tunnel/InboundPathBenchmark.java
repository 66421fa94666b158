package dev.culvert.tunnel;

import dev.culvert.tunnel.ShortWire.Fate;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a frame costs from the socket to the device: found its session, opened, checked against replay, switched, joined.
 * A datagram can be opened once only, so each invocation is given new ones, outside of the time measured; each is some ten
 * microseconds, long beside the two readings of the clock.
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
public class InboundPathBenchmark {
    @Setup(Level.Trial)
    public void sendLater(LaneState lanes) {
        lanes.pair.setFate(Fate.WAIT);
    }

    @Setup(Level.Invocation)
    public void encapsulate(LaneState lanes) {
        lanes.frames.encapsulateBy(lanes.pair);
    }

    @Benchmark
    public void decapsulate(LaneState lanes) {
        lanes.pair.decapsulate();
    }
}
