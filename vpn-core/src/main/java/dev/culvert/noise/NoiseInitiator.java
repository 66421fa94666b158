package dev.culvert.noise;

import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.SecretBytes;
import java.util.Arrays;
import java.util.Optional;

/** An initiator that has written its message and waits for the answer. {@link #close} wipes it. */
public final class NoiseInitiator implements AutoCloseable {
    private final PrivateKey local;
    private final PrivateKey ephemeral;
    private final SymmetricState state;
    private final byte[] message;

    private NoiseInitiator(PrivateKey local, PrivateKey ephemeral, SymmetricState state, byte[] message) {
        this.local = local;
        this.ephemeral = ephemeral;
        this.state = state;
        this.message = message;
    }

    /**
     * Borrows {@code local}, which must outlive the initiator, and takes ownership of {@code ephemeral}. Empty when
     * {@code remote} is of low order: no handshake with it can be secret.
     */
    public static Optional<NoiseInitiator> begin(
            PrivateKey local, PrivateKey ephemeral, PublicKey remote, byte[] payload) {
        return begin(NoiseProtocol.WIREGUARD, local, ephemeral, remote, payload);
    }

    /** {@code -> e, es, s, ss} */
    static Optional<NoiseInitiator> begin(
            NoiseProtocol protocol, PrivateKey local, PrivateKey ephemeral, PublicKey remote, byte[] payload) {
        SymmetricState state = protocol.begin(remote);
        byte[] ephemeralPublic = ephemeral.publicKey().toBytes();
        state.mixEphemeral(ephemeralPublic);
        if (!state.mixAgreement(ephemeral, remote)) {
            ephemeral.close();
            state.close();
            return Optional.empty();
        }
        byte[] sealedStatic = state.encryptAndHash(local.publicKey().toBytes());
        if (!state.mixAgreement(local, remote)) {
            ephemeral.close();
            state.close();
            return Optional.empty();
        }
        byte[] sealedPayload = state.encryptAndHash(payload);
        byte[] message = NoiseProtocol.join(ephemeralPublic, sealedStatic, sealedPayload);
        return Optional.of(new NoiseInitiator(local, ephemeral, state, message));
    }

    /** The message to send. */
    public byte[] message() {
        return message.clone();
    }

    /**
     * {@code <- e, ee, se, psk}: the keys, when {@code response} was made for this message by the holder of the static
     * key and of {@code presharedKey}. Otherwise empty, and recoverable: the genuine response may still come. The caller
     * has checked the length.
     */
    public Optional<TransportKeys> readResponse(byte[] response, SecretBytes presharedKey) {
        byte[] ephemeralPublic = Arrays.copyOf(response, NoiseProtocol.EPHEMERAL_BYTES);
        byte[] sealedPayload = Arrays.copyOfRange(response, NoiseProtocol.EPHEMERAL_BYTES, response.length);
        PublicKey remoteEphemeral = PublicKey.of(ephemeralPublic);
        try (SymmetricState attempt = state.copy()) {
            attempt.mixEphemeral(ephemeralPublic);
            if (!attempt.mixAgreement(ephemeral, remoteEphemeral) || !attempt.mixAgreement(local, remoteEphemeral)) {
                return Optional.empty();
            }
            attempt.mixKeyAndHash(presharedKey);
            if (attempt.decryptAndHash(sealedPayload).isEmpty()) {
                return Optional.empty();
            }
            SecretBytes[] keys = attempt.split();
            return Optional.of(new TransportKeys(keys[0], keys[1]));
        }
    }

    @Override
    public void close() {
        ephemeral.close();
        state.close();
    }
}
