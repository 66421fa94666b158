package dev.culvert.noise;

import dev.culvert.crypto.HandshakeAead;
import dev.culvert.crypto.Hash;
import dev.culvert.crypto.KeyAgreement;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.SecretBytes;
import java.util.Arrays;
import java.util.Optional;

/** The SymmetricState of Noise (section 5.2), its methods named as there. */
final class SymmetricState implements AutoCloseable {
    /** In our pattern a new key is mixed in before everything that is sealed, so every nonce is the first, 0. */
    private static final byte[] NONCE = new byte[12];

    private static final byte[] NOTHING = {};

    private final byte[] chainingKey;
    private final byte[] hash;
    private final byte[] key;

    SymmetricState(byte[] hashedName) {
        this.chainingKey = hashedName.clone();
        this.hash = hashedName.clone();
        this.key = new byte[Hash.BYTES];
    }

    private SymmetricState(SymmetricState original) {
        this.chainingKey = original.chainingKey.clone();
        this.hash = original.hash.clone();
        this.key = original.key.clone();
    }

    /** To try a message on: only a copy that came to a good end takes the place of the original. */
    SymmetricState copy() {
        return new SymmetricState(this);
    }

    void mixHash(byte[] data) {
        replace(hash, Hash.hash(hash, data));
    }

    void mixKey(byte[] input) {
        byte[][] derived = Hash.hkdf(chainingKey, input, 2);
        replace(chainingKey, derived[0]);
        replace(key, derived[1]);
    }

    /** The tokens {@code ee, es, se, ss}: false, and nothing is mixed in, when {@code remote} is of low order. */
    boolean mixAgreement(PrivateKey own, PublicKey remote) {
        Optional<SecretBytes> agreed = KeyAgreement.agree(own, remote);
        agreed.ifPresent(secret -> {
            mixKey(secret.reveal());
            secret.close();
        });
        return agreed.isPresent();
    }

    /** The token {@code e}. In patterns with a preshared key it goes into the key as well (Noise, section 9.2). */
    void mixEphemeral(byte[] ephemeral) {
        mixHash(ephemeral);
        mixKey(ephemeral);
    }

    /** The token {@code psk}. */
    void mixKeyAndHash(SecretBytes presharedKey) {
        byte[][] derived = Hash.hkdf(chainingKey, presharedKey.reveal(), 3);
        replace(chainingKey, derived[0]);
        mixHash(derived[1]);
        Arrays.fill(derived[1], (byte) 0);
        replace(key, derived[2]);
    }

    byte[] encryptAndHash(byte[] plaintext) {
        byte[] sealed = HandshakeAead.CHACHA20_POLY1305.seal(key, NONCE, hash, plaintext);
        mixHash(sealed);
        return sealed;
    }

    /** Empty, and the state as before, when {@code sealed} is forged. */
    Optional<byte[]> decryptAndHash(byte[] sealed) {
        Optional<byte[]> plaintext = HandshakeAead.CHACHA20_POLY1305.open(key, NONCE, hash, sealed);
        if (plaintext.isPresent()) {
            mixHash(sealed);
        }
        return plaintext;
    }

    /** The key of the initiator's messages first. */
    SecretBytes[] split() {
        byte[][] derived = Hash.hkdf(chainingKey, NOTHING, 2);
        return new SecretBytes[] {SecretBytes.owning(derived[0]), SecretBytes.owning(derived[1])};
    }

    @Override
    public void close() {
        Arrays.fill(chainingKey, (byte) 0);
        Arrays.fill(hash, (byte) 0);
        Arrays.fill(key, (byte) 0);
    }

    /** Copies and wipes {@code value}. */
    private static void replace(byte[] target, byte[] value) {
        System.arraycopy(value, 0, target, 0, target.length);
        Arrays.fill(value, (byte) 0);
    }
}
