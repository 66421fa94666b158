package dev.culvert.crypto;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** X25519 (RFC 7748). */
public final class KeyAgreement {
    private KeyAgreement() {}

    /**
     * The shared secret, which the caller closes. Empty when it is all zero, which says that {@code remote} is a point
     * of low order: anybody could know the result (RFC 7748, section 6.1).
     */
    public static Optional<SecretBytes> agree(PrivateKey own, PublicKey remote) {
        byte[] shared = new byte[X25519.POINT_SIZE];
        boolean isUsable = X25519.calculateAgreement(own.reveal(), 0, remote.borrow(), 0, shared, 0);
        return isUsable ? Optional.of(SecretBytes.owning(shared)) : Optional.empty();
    }
}
