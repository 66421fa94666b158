package dev.culvert.crypto;

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
 * What one datagram costs in each engine, from direct buffer to direct buffer with a fresh nonce: the order of the
 * engines in the default configuration rests on it. Run it with {@code -prof gc}, too: ipsec-mb and openssl allocate
 * nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AeadBenchmark {
    private static final int CAPACITY = 16 * 1024;

    /** A cipher, and an engine that serves it. */
    @Param({
        "aes-256-gcm by ipsec-mb",
        "aes-256-gcm by openssl",
        "aes-256-gcm by sunjce",
        "aes-256-gcm by bc",
        "chacha20-poly1305 by openssl",
        "chacha20-poly1305 by sunjce",
        "chacha20-poly1305 by bc"
    })
    public String engine = "";

    /** The smallest frame, a frame that fills an Ethernet path, one that fills a path of jumbo frames. */
    @Param({"64", "1420", "8900"})
    public int lengthBytes;

    private final ByteBuf plain = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY, CAPACITY);
    private final ByteBuf sealed = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY, CAPACITY);
    private final ByteBuf target = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY, CAPACITY);
    private Aead aead;
    private long counter;

    @Setup(Level.Trial)
    public void keyed() throws NoAeadEngineException {
        try (SecretBytes key = SecretBytes.owning(new byte[Aead.KEY_BYTES])) {
            aead = AeadEngines.named(engine).keyed(key);
        }
        aead.seal(counter, plain, 0, lengthBytes, sealed, 0);
    }

    @TearDown(Level.Trial)
    public void release() {
        aead.close();
        plain.release();
        sealed.release();
        target.release();
    }

    @Benchmark
    public void seal() {
        aead.seal(++counter, plain, 0, lengthBytes, target, 0);
    }

    /** Always the same datagram: nothing below the session minds. */
    @Benchmark
    public boolean open() {
        return aead.open(0, sealed, 0, lengthBytes + Aead.TAG_BYTES, target, 0);
    }
}
