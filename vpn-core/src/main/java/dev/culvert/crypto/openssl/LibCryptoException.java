package dev.culvert.crypto.openssl;

/** This machine's libcrypto cannot be used; the message says why, for the operator. */
public final class LibCryptoException extends Exception {
    private static final long serialVersionUID = 1L;

    LibCryptoException(String message) {
        super(message);
    }

    LibCryptoException(String message, Throwable cause) {
        super(message, cause);
    }
}
