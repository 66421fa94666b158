package dev.culvert.crypto;

/**
 * What {@link DirectAead} needs of a cipher that works on addresses: the ranges are inside memory that stays allocated
 * until the call returns, and are the same or apart.
 */
interface AddressCipher extends AutoCloseable {
    /** Writes {@code length} bytes of ciphertext and the tag to {@code target}. */
    void seal(long counter, long source, int length, long target);

    /** Writes {@code length} bytes to {@code target}; when it returns false or throws, they may be anything. */
    boolean open(long counter, long source, int length, long target);

    /** Wipes the key; whatever is called afterwards but this throws an {@link IllegalStateException}. */
    @Override
    void close();
}
