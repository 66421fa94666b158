package dev.culvert.crypto;

import io.netty.buffer.ByteBuf;

/**
 * A cipher keyed for one direction of one session, used by one thread. Associated data is empty; the nonce is four zero
 * bytes and the counter in little endian (WireGuard white paper, section 5.4.6). Buffers are direct and borrowed, their
 * indices do not move. Allocates nothing a call, as far as the engine allows.
 *
 * <p>The caller alone guards against a counter being sealed twice: not every engine would notice.
 */
public interface Aead extends AutoCloseable {
    int KEY_BYTES = 32;
    int TAG_BYTES = 16;

    /**
     * Writes ciphertext and tag, {@code length + TAG_BYTES} bytes, to {@code target} at {@code targetIndex}. In place
     * when both are the same position of the same buffer; otherwise the ranges must not overlap.
     *
     * @throws IndexOutOfBoundsException when a range lies outside its buffer; nothing was written
     */
    void seal(long counter, ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex);

    /**
     * Opens {@code sealedLength} bytes, ciphertext and tag, and writes {@code sealedLength - TAG_BYTES} bytes of
     * plaintext to {@code target}; the ranges as for {@link #seal}.
     *
     * @return false when the tag does not fit: the target range then holds no plaintext, and the datagram must not be used
     * @throws IndexOutOfBoundsException when a range lies outside its buffer or there is no room for a tag
     */
    boolean open(long counter, ByteBuf source, int sourceIndex, int sealedLength, ByteBuf target, int targetIndex);

    /** Wipes the key. The last call on the thread that uses this cipher. */
    @Override
    void close();
}
