package dev.culvert.crypto.ipsecmb;

/** The multi-buffer library of this machine cannot be used; the message says why, for the operator. */
public final class IpsecMbException extends Exception {
    private static final long serialVersionUID = 1L;

    IpsecMbException(String message) {
        super(message);
    }

    IpsecMbException(String message, Throwable cause) {
        super(message, cause);
    }
}
