package dev.culvert.crypto.openssl;

/**
 * Seals with one key; used by one thread at a time. Addresses are taken as they come: whoever calls has checked that
 * the whole range is inside memory that stays allocated until the call returns.
 */
public final class EvpSealer implements AutoCloseable {
    private final EvpContext context;

    EvpSealer(EvpContext context) {
        this.context = context;
    }

    /** Writes {@code length} bytes of ciphertext, and the tag after them, to {@code target}. */
    public void seal(long counter, long source, int length, long target) {
        context.begin(counter);
        context.update(source, length, target);
        EvpContext.require(context.finish(), "sealing");
        context.getTag(target + length);
    }

    /** Frees the context; libcrypto zeroes the key in it. */
    @Override
    public void close() {
        context.close();
    }
}
