package dev.culvert.noise;

import dev.culvert.crypto.HandshakeAead;
import dev.culvert.crypto.Hash;
import dev.culvert.crypto.PublicKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What both ends agree on before the first byte: the names that go into the first hash. */
final class NoiseProtocol {
    /** The white paper calls the prologue "Identifier" (section 5.4). */
    static final NoiseProtocol WIREGUARD =
            new NoiseProtocol("WireGuard v1 zx2c4 Jason@zx2c4.com".getBytes(StandardCharsets.US_ASCII));

    /** Both messages begin with the sender's ephemeral public key, in the clear. */
    static final int EPHEMERAL_BYTES = PublicKey.BYTES;

    static final int SEALED_STATIC_BYTES = PublicKey.BYTES + HandshakeAead.TAG_BYTES;

    /** Longer than a hash, so that Noise (section 5.2) begins with its hash. */
    private static final byte[] NAME =
            Hash.hash("Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s".getBytes(StandardCharsets.US_ASCII));

    private final byte[] prologue;

    NoiseProtocol(byte[] prologue) {
        this.prologue = prologue;
    }

    /** Where the initiator and the responder begin: the pre-message of IK is the responder's static key. */
    SymmetricState begin(PublicKey responder) {
        SymmetricState state = new SymmetricState(NAME);
        state.mixHash(prologue);
        state.mixHash(responder.toBytes());
        return state;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
