package dev.culvert.crypto.openssl;

/** An AEAD of libcrypto with 32-byte keys, 12-byte nonces and 16-byte tags. Thread safe; lives as long as the process. */
public final class EvpCipher {
    private final LibCrypto library;
    private final long address;

    EvpCipher(LibCrypto library, long address) {
        this.library = library;
        this.address = address;
    }

    /** A context that only seals. The caller closes it. */
    public EvpContext sealing(byte[] key) {
        return new EvpContext(library, library.encrypt(), address, key);
    }

    /** A context that only opens. The caller closes it. */
    public EvpContext opening(byte[] key) {
        return new EvpContext(library, library.decrypt(), address, key);
    }
}
