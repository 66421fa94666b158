package dev.culvert.crypto;

import io.netty.buffer.ByteBuf;
import java.lang.ref.Reference;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * A cipher of a native library, straight from buffer to buffer. Native code believes any address, so everything that
 * keeps it inside the buffers is here: ranges, kind of buffer, and the buffers staying reachable until the call is over.
 */
final class DirectAead implements Aead {
    private final AddressCipher cipher;

    DirectAead(AddressCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public void seal(long counter, ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex) {
        Objects.checkFromIndexSize(sourceIndex, length, source.capacity());
        Objects.checkFromIndexSize(targetIndex, length + TAG_BYTES, target.capacity());
        try {
            long from = addressOf(source) + sourceIndex;
            long to = writableAddressOf(target) + targetIndex;
            requireSameOrApart(from, length, to, length + TAG_BYTES);
            cipher.seal(counter, from, length, to);
        } finally {
            Reference.reachabilityFence(source);
            Reference.reachabilityFence(target);
        }
    }

    @Override
    public boolean open(
            long counter, ByteBuf source, int sourceIndex, int sealedLength, ByteBuf target, int targetIndex) {
        int length = sealedLength - TAG_BYTES; // negative without room for a tag, and then refused here:
        Objects.checkFromIndexSize(targetIndex, length, target.capacity());
        Objects.checkFromIndexSize(sourceIndex, sealedLength, source.capacity());
        try {
            long from = addressOf(source) + sourceIndex;
            long to = writableAddressOf(target) + targetIndex;
            requireSameOrApart(from, sealedLength, to, length);
            return openOrWipe(counter, from, length, to, target, targetIndex);
        } finally {
            Reference.reachabilityFence(source);
            Reference.reachabilityFence(target);
        }
    }

    /** The libraries write the plaintext before they know whether it is genuine, and leave it there. */
    private boolean openOrWipe(long counter, long from, int length, long to, ByteBuf target, int targetIndex) {
        boolean genuine = false;
        try {
            genuine = cipher.open(counter, from, length, to);
        } finally {
            if (!genuine) {
                target.setZero(targetIndex, length);
            }
        }
        return genuine;
    }

    private static long addressOf(ByteBuf buffer) {
        if (!buffer.hasMemoryAddress()) {
            throw new IllegalArgumentException("not one piece of native memory: " + buffer);
        }
        return buffer.memoryAddress();
    }

    private static long writableAddressOf(ByteBuf buffer) {
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return addressOf(buffer);
    }

    /** Ranges that overlap otherwise would seal something else than the caller meant. */
    private static void requireSameOrApart(long from, int fromLength, long to, int toLength) {
        if (from != to && from < to + toLength && to < from + fromLength) {
            throw new IllegalArgumentException("source and target overlap without being the same");
        }
    }

    @Override
    public void close() {
        cipher.close();
    }
}
