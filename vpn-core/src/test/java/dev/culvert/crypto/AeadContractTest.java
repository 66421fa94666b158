package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine promises, whoever wrote it. */
@ParameterizedClass
@MethodSource("dev.culvert.crypto.TestEngines#all")
class AeadContractTest {
    private static final int TAG = Aead.TAG_BYTES;
    private static final int CAPACITY = 256;
    private static final int LENGTH = 100;
    private static final int LONGEST_DATAGRAM = 65_507;
    private static final byte CANARY = 0x33;

    private final AeadEngine engine;
    private final Aead aead;
    private final ByteBuf plain = buffer();
    private final ByteBuf sealed = buffer();

    AeadContractTest(AeadEngine engine) {
        this.engine = engine;
        aead = TestEngines.keyed(engine, 1);
    }

    private static ByteBuf buffer() {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY, CAPACITY);
        while (buffer.isWritable()) {
            buffer.writeByte(CANARY);
        }
        return buffer.setIndex(7, 9);
    }

    @AfterEach
    void release() {
        aead.close();
        plain.release();
        sealed.release();
    }

    @Test
    void passesTheSelfTestAtEveryShortLengthAndTheLongest() {
        assertThat(AeadSelfTest.faultOf(engine, IntStream.range(0, 300).toArray()))
                .isEmpty();
        assertThat(AeadSelfTest.faultOf(engine, IntStream.range(736, 832).toArray()))
                .as("around the 48 blocks that ipsec-mb takes at once")
                .isEmpty();
        assertThat(AeadSelfTest.faultOf(engine, LONGEST_DATAGRAM - TAG, LONGEST_DATAGRAM, 0xffff - TAG, 0xffff))
                .isEmpty();
    }

    @Test
    void leavesTheIndicesOfBothBuffers() {
        aead.seal(1, plain, 0, LENGTH, sealed, 3);
        assertThat(aead.open(1, sealed, 3, LENGTH + TAG, plain, 0)).isTrue();

        assertThat(plain.readerIndex()).isEqualTo(7);
        assertThat(plain.writerIndex()).isEqualTo(9);
        assertThat(sealed.readerIndex()).isEqualTo(7);
        assertThat(sealed.writerIndex()).isEqualTo(9);
    }

    @Test
    void worksAtTheVeryEndOfABuffer() {
        aead.seal(1, plain, CAPACITY - LENGTH, LENGTH, sealed, CAPACITY - LENGTH - TAG);

        assertThat(aead.open(1, sealed, CAPACITY - LENGTH - TAG, LENGTH + TAG, plain, CAPACITY - LENGTH))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} bytes from {1} to {2}: {3}")
    @CsvSource({
        "100, 157, 0, source ends one byte late",
        "100, -1, 0, source begins one byte early",
        "100, 0, 141, no room for the last byte of the tag",
        "100, 0, -1, target begins one byte early",
        "-1, 0, 0, negative length",
        "2147483647, 0, 0, adding the tag overflows",
        "100, 2147483647, 0, index plus length overflows",
        "100, 0, 2147483647, index plus length overflows",
    })
    void refusesToSealOutsideItsBuffers(int length, int sourceIndex, int targetIndex, String because) {
        assertThatThrownBy(() -> aead.seal(1, plain, sourceIndex, length, sealed, targetIndex))
                .as(because)
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(isUntouched(sealed)).isTrue();
    }

    @ParameterizedTest(name = "{0} bytes from {1} to {2}: {3}")
    @CsvSource({
        "116, 141, 0, source ends one byte late",
        "116, -1, 0, source begins one byte early",
        "116, 0, 157, target ends one byte late",
        "116, 0, -1, target begins one byte early",
        "15, 0, 0, no room for a tag",
        "0, 0, 0, no room for a tag",
        "-2147483648, 0, 0, taking the tag away overflows",
        "2147483647, 0, 0, longer than any buffer",
        "116, 2147483647, 0, index plus length overflows",
    })
    void refusesToOpenOutsideItsBuffers(int sealedLength, int sourceIndex, int targetIndex, String because) {
        assertThatThrownBy(() -> aead.open(1, plain, sourceIndex, sealedLength, sealed, targetIndex))
                .as(because)
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(isUntouched(sealed)).isTrue();
    }

    private static boolean isUntouched(ByteBuf buffer) {
        return buffer.forEachByte(0, CAPACITY, value -> value == CANARY) == -1;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void everyBitOfTheCounterCounts(long counter) {
        aead.seal(counter, plain, 0, LENGTH, sealed, 0);

        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(aead.open(counter ^ (1L << bit), sealed, 0, LENGTH + TAG, plain, 0))
                    .isFalse();
        }
        assertThat(aead.open(counter, sealed, 0, LENGTH + TAG, plain, 0)).isTrue();
    }

    @Test
    void opensAMessageTwice() { // replays are the session's business; an engine that refused them would hide a fault
        // there
        aead.seal(1, plain, 0, LENGTH, sealed, 0);

        assertThat(aead.open(1, sealed, 0, LENGTH + TAG, plain, 0)).isTrue();
        assertThat(aead.open(1, sealed, 0, LENGTH + TAG, plain, 0)).isTrue();
    }

    @Test
    void sealsWithACounterThatItHasOpened() { // the other direction has counters of its own
        aead.seal(1, plain, 0, LENGTH, sealed, 0);
        assertThat(aead.open(1, sealed, 0, LENGTH + TAG, plain, 0)).isTrue();
        try (Aead other = TestEngines.keyed(engine, 1)) {
            assertThat(other.open(1, sealed, 0, LENGTH + TAG, plain, 0)).isTrue();
            other.seal(1, plain, 0, LENGTH, sealed, 0);
        }
    }

    @Test
    void anotherKeyDoesNotOpen() {
        aead.seal(1, plain, 0, LENGTH, sealed, 0);

        try (Aead other = TestEngines.keyed(engine, 2)) {
            assertThat(other.open(1, sealed, 0, LENGTH + TAG, plain, 0)).isFalse();
        }
    }

    @Test
    void keepsACopyOfItsKey() {
        byte[] bytes = new byte[Aead.KEY_BYTES];
        SecretBytes key = SecretBytes.owning(bytes);
        bytes[0] = 1;
        try (Aead copied = engine.keyed(key)) {
            key.close();
            copied.seal(1, plain, 0, LENGTH, sealed, 0);
            bytes[0] = 1;
            try (Aead same = engine.keyed(key)) {
                assertThat(same.open(1, sealed, 0, LENGTH + TAG, plain, 0)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Aead.KEY_BYTES - 1, Aead.KEY_BYTES + 1})
    void refusesAKeyOfAnotherLength(int bytes) {
        try (SecretBytes key = SecretBytes.owning(new byte[bytes])) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.keyed(key))
                    .withMessageContaining("32 bytes");
        }
    }

    @Test
    void refusesToWorkOnceClosed() {
        aead.close();
        aead.close();

        assertThatIllegalStateException().isThrownBy(() -> aead.seal(1, plain, 0, LENGTH, sealed, 0));
        assertThatIllegalStateException().isThrownBy(() -> aead.open(1, plain, 0, LENGTH, sealed, 0));
    }
}
