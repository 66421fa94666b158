package dev.culvert.handshake;

import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.noise.NoiseResponder;
import dev.culvert.wire.HandshakeMessage;
import dev.culvert.wire.InitiationMessage;
import java.util.Optional;

/** Who we are in every handshake. Borrows the private key: whoever closes it ends all handshakes first. */
public final class LocalIdentity {
    private final PrivateKey privateKey;
    private final Randomness random;

    public LocalIdentity(PrivateKey privateKey, Randomness random) {
        this.privateKey = privateKey;
        this.random = random;
    }

    public PublicKey publicKey() {
        return privateKey.publicKey();
    }

    /**
     * Opens an initiation whose mac1 was checked. Empty when it does not decrypt. What is returned names an initiator
     * who holds its static key, but may be a replay: only {@link Handshake#respond} tells.
     */
    public Optional<ReceivedInitiation> read(byte[] initiation) {
        if (!InitiationMessage.matches(initiation)) {
            return Optional.empty();
        }
        return NoiseResponder.read(privateKey, InitiationMessage.noiseMessage(initiation))
                .map(noise -> new ReceivedInitiation(noise, HandshakeMessage.senderIndex(initiation)));
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    /** For one message; closed by its owner. */
    PrivateKey newEphemeral() {
        return PrivateKey.generate(random);
    }
}
