package dev.culvert.crypto;

/** What {@link ScratchAead} needs of a cipher that works on arrays: a whole message, from index 0 of one to index 0 of another. */
interface ArrayCipher {
    /** Writes {@code length + TAG_BYTES} bytes. */
    void seal(byte[] nonce, byte[] source, int length, byte[] target);

    /** Writes {@code sealedLength - TAG_BYTES} bytes; when it returns false, they may be anything. */
    boolean open(byte[] nonce, byte[] source, int sealedLength, byte[] target);
}
