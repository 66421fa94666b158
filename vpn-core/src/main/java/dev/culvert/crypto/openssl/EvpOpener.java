package dev.culvert.crypto.openssl;

/** Opens with one key; a type of its own, because a context made for sealing would accept every tag. As {@link EvpSealer}. */
public final class EvpOpener implements AutoCloseable {
    private final EvpContext context;

    EvpOpener(EvpContext context) {
        this.context = context;
    }

    /**
     * Writes {@code length} bytes of plaintext to {@code target}; the tag follows the ciphertext.
     *
     * @return false when the tag does not fit. The plaintext is in {@code target} all the same, and the caller wipes it;
     *     so it does after an exception
     */
    public boolean open(long counter, long source, int length, long target) {
        context.begin(counter);
        context.setTag(source + length); // before the update: in place, nothing says that the tag survives it
        context.update(source, length, target);
        return context.finish();
    }

    /** Frees the context; libcrypto zeroes the key in it. */
    @Override
    public void close() {
        context.close();
    }
}
