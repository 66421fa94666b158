package dev.culvert.crypto;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A cipher of the Java world. It works on arrays of its own, and a buffer only ever receives what is finished and
 * verified: SunJCE and Bouncy Castle, left alone with a buffer, have written beside the target or left plaintext there.
 */
final class ScratchAead implements Aead {
    private static final int NONCE_BYTES = 12;
    private static final int COUNTER_OFFSET = 4;
    private static final VarHandle COUNTER =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int USUAL_BYTES = 2048;

    private final ArrayCipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private byte[] input = new byte[USUAL_BYTES];
    private byte[] output = new byte[USUAL_BYTES];
    private boolean closed;

    ScratchAead(ArrayCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public void seal(long counter, ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex) {
        Objects.checkFromIndexSize(sourceIndex, length, source.capacity());
        Objects.checkFromIndexSize(targetIndex, length + TAG_BYTES, target.capacity());
        prepare(counter, length + TAG_BYTES);
        source.getBytes(sourceIndex, input, 0, length);
        cipher.seal(nonce, input, length, output);
        target.setBytes(targetIndex, output, 0, length + TAG_BYTES);
    }

    @Override
    public boolean open(
            long counter, ByteBuf source, int sourceIndex, int sealedLength, ByteBuf target, int targetIndex) {
        int length = sealedLength - TAG_BYTES; // negative without room for a tag, and then refused here:
        Objects.checkFromIndexSize(targetIndex, length, target.capacity());
        Objects.checkFromIndexSize(sourceIndex, sealedLength, source.capacity());
        prepare(counter, sealedLength);
        source.getBytes(sourceIndex, input, 0, sealedLength);
        if (!cipher.open(nonce, input, sealedLength, output)) {
            return false;
        }
        target.setBytes(targetIndex, output, 0, length);
        return true;
    }

    private void prepare(long counter, int bytes) {
        if (closed) {
            throw new IllegalStateException("this cipher is closed");
        }
        if (input.length < bytes) {
            wipeScratch();
            int roomier = Math.max(bytes, 2 * input.length);
            input = new byte[roomier];
            output = new byte[roomier];
        }
        COUNTER.set(nonce, COUNTER_OFFSET, counter);
    }

    private void wipeScratch() {
        Arrays.fill(input, (byte) 0);
        Arrays.fill(output, (byte) 0);
    }

    /** Wipes what it can. The copies of the key inside SunJCE and Bouncy Castle are out of reach and go when this object does. */
    @Override
    public void close() {
        closed = true;
        wipeScratch();
    }
}
