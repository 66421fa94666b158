package dev.culvert.crypto.openssl;

/** An AEAD of libcrypto with 32-byte keys, 12-byte nonces and 16-byte tags. Thread safe; lives as long as the process. */
public final class EvpCipher {
    private final LibCrypto library;
    private final long address;

    EvpCipher(LibCrypto library, long address) {
        this.library = library;
        this.address = address;
    }

    /** The caller closes it. The key has 32 bytes and is copied. */
    public EvpSealer sealer(byte[] key) {
        return new EvpSealer(new EvpContext(library, library.encrypt(), address, key));
    }

    /** The caller closes it. The key has 32 bytes and is copied. */
    public EvpOpener opener(byte[] key) {
        return new EvpOpener(new EvpContext(library, library.decrypt(), address, key));
    }
}
