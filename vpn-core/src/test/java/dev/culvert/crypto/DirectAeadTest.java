package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.lang.management.ManagementFactory;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engines of native libraries promise about memory. */
@ParameterizedClass
@MethodSource("dev.culvert.crypto.TestEngines#ofNativeLibraries")
class DirectAeadTest {
    private static final int LENGTH = 100;
    private static final int TAG = Aead.TAG_BYTES;
    private static final int CAPACITY = 2048;

    // Without leak detection, which allocates for every call: release() below is the only owner.
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final AeadEngine engine;
    private final Aead aead;
    private final ByteBuf plain = allocator.directBuffer(CAPACITY, CAPACITY);
    private final ByteBuf sealed = allocator.directBuffer(CAPACITY, CAPACITY);

    DirectAeadTest(AeadEngine engine) {
        this.engine = engine;
        aead = TestEngines.keyed(engine, 1);
    }

    @AfterEach
    void release() {
        aead.close();
        plain.release();
        sealed.release();
    }

    @Test
    void refusesBuffersThatAreNotOnePieceOfNativeMemory() {
        ByteBuf heap = Unpooled.wrappedBuffer(new byte[CAPACITY]);
        ByteBuf pieces = Unpooled.compositeBuffer()
                .addComponents(true, plain.retainedSlice(0, CAPACITY), sealed.retainedSlice(0, CAPACITY));
        try {
            for (ByteBuf odd : List.of(heap, pieces)) {
                assertThatIllegalArgumentException().isThrownBy(() -> aead.seal(1, odd, 0, LENGTH, sealed, 0));
                assertThatIllegalArgumentException().isThrownBy(() -> aead.seal(1, plain, 0, LENGTH, odd, 0));
                assertThatIllegalArgumentException().isThrownBy(() -> aead.open(1, odd, 0, LENGTH, sealed, 0));
                assertThatIllegalArgumentException().isThrownBy(() -> aead.open(1, plain, 0, LENGTH, odd, 0));
            }
        } finally {
            pieces.release();
        }
    }

    @Test
    void doesNotWriteIntoAReadOnlyBuffer() {
        ByteBuf readOnly = sealed.asReadOnly();

        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> aead.seal(1, plain, 0, LENGTH, readOnly, 0));
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> aead.open(1, plain, 0, LENGTH, readOnly, 0));
    }

    @Test
    void doesNotTouchMemoryThatWasReleased() {
        ByteBuf released = allocator.directBuffer(CAPACITY, CAPACITY);
        released.release();

        assertThatExceptionOfType(IllegalReferenceCountException.class)
                .isThrownBy(() -> aead.seal(1, plain, 0, LENGTH, released, 0));
        assertThatExceptionOfType(IllegalReferenceCountException.class)
                .isThrownBy(() -> aead.open(1, released, 0, LENGTH, sealed, 0));
    }

    @Test
    void refusesRangesThatOverlapInPart() {
        assertThatIllegalArgumentException().isThrownBy(() -> aead.seal(1, plain, 0, LENGTH, plain, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> aead.seal(1, plain, TAG, 1, plain, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> aead.open(1, plain, 1, LENGTH + TAG, plain, 0));
    }

    @Test
    void sealsIntoTheBytesNextToTheSource() {
        aead.seal(1, plain, LENGTH + TAG, LENGTH, plain, 0);

        assertThat(aead.open(1, plain, 0, LENGTH + TAG, plain, LENGTH + TAG)).isTrue();
    }

    @Test
    void zeroesTheTargetAfterAForgery() {
        plain.setBytes(0, "a plaintext without a zero byte".repeat(4).getBytes(StandardCharsets.US_ASCII), 0, LENGTH);
        aead.seal(1, plain, 0, LENGTH, sealed, 0);
        sealed.setByte(LENGTH, sealed.getByte(LENGTH) + 1);

        assertThat(aead.open(1, sealed, 0, LENGTH + TAG, plain, 0)).isFalse();
        assertThat(plain.forEachByte(0, LENGTH, value -> value == 0)).isEqualTo(-1);
    }

    @Test
    void allocatesNothingOnceWarm() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int batch = 0; batch < 50 && fewest > 0; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            boolean allOpened = exchanges(aead, plain, sealed);
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
            assertThat(allOpened).isTrue();
        }
        assertThat(fewest).isZero();
    }

    @Test
    void ciphersOnTwoThreadsDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
        Aead one = TestEngines.keyed(engine, 5);
        Aead other = TestEngines.keyed(engine, 9);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> results =
                    threads.invokeAll(List.of(() -> exchangesOfOwn(one), () -> exchangesOfOwn(other)));
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    /** A cipher may be made on one thread and used on another: handshakes do not run where frames do. */
    private boolean exchangesOfOwn(Aead cipher) {
        ByteBuf plain = allocator.directBuffer(CAPACITY, CAPACITY);
        ByteBuf sealed = allocator.directBuffer(CAPACITY, CAPACITY);
        try (cipher) {
            return exchanges(cipher, plain, sealed);
        } finally {
            plain.release();
            sealed.release();
        }
    }

    private static boolean exchanges(Aead cipher, ByteBuf plain, ByteBuf sealed) {
        boolean allOpened = true;
        for (int counter = 0; counter < 2000; counter++) {
            plain.setInt(0, counter);
            cipher.seal(counter, plain, 0, LENGTH, sealed, 0);
            allOpened &= cipher.open(counter, sealed, 0, LENGTH + TAG, plain, 0) && plain.getInt(0) == counter;
            allOpened &= !cipher.open(counter + 1L, sealed, 0, LENGTH + TAG, plain, LENGTH);
        }
        return allOpened;
    }
}
