package dev.culvert.noise;

import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.SecretBytes;
import java.util.Arrays;
import java.util.Optional;

/** A responder that has read a genuine first message and not answered yet. {@link #close} wipes it. */
public final class NoiseResponder implements AutoCloseable {
    private static final byte[] NO_PAYLOAD = {};
    private static final int SEALED_STATIC = NoiseProtocol.EPHEMERAL_BYTES;
    private static final int SEALED_PAYLOAD = SEALED_STATIC + NoiseProtocol.SEALED_STATIC_BYTES;

    /** An answer, and the keys it makes. */
    public static final class Answer {
        private final byte[] message;
        private final TransportKeys keys;

        private Answer(byte[] message, TransportKeys keys) {
            this.message = message;
            this.keys = keys;
        }

        public byte[] message() {
            return message.clone();
        }

        /** Owned by the caller. */
        public TransportKeys keys() {
            return keys;
        }
    }

    private final SymmetricState state;
    private final PublicKey remote;
    private final PublicKey remoteEphemeral;
    private final byte[] payload;

    private NoiseResponder(SymmetricState state, PublicKey remote, PublicKey remoteEphemeral, byte[] payload) {
        this.state = state;
        this.remote = remote;
        this.remoteEphemeral = remoteEphemeral;
        this.payload = payload;
    }

    /**
     * Empty when {@code message} was not made for {@code local} by the holder of the static key it names. Its length
     * was checked by the caller.
     */
    public static Optional<NoiseResponder> read(PrivateKey local, byte[] message) {
        return read(NoiseProtocol.WIREGUARD, local, message);
    }

    /** {@code -> e, es, s, ss} */
    static Optional<NoiseResponder> read(NoiseProtocol protocol, PrivateKey local, byte[] message) {
        byte[] ephemeralPublic = Arrays.copyOf(message, SEALED_STATIC);
        byte[] sealedStatic = Arrays.copyOfRange(message, SEALED_STATIC, SEALED_PAYLOAD);
        byte[] sealedPayload = Arrays.copyOfRange(message, SEALED_PAYLOAD, message.length);
        PublicKey remoteEphemeral = PublicKey.of(ephemeralPublic);

        SymmetricState state = protocol.begin(local.publicKey());
        state.mixEphemeral(ephemeralPublic);
        if (!state.mixAgreement(local, remoteEphemeral)) {
            state.close();
            return Optional.empty();
        }
        Optional<PublicKey> remote = state.decryptAndHash(sealedStatic).map(PublicKey::of);
        // Until the payload opens as well, which takes the agreement of both static keys, anybody may have named
        // `remote`.
        if (remote.isEmpty() || !state.mixAgreement(local, remote.get())) {
            state.close();
            return Optional.empty();
        }
        Optional<byte[]> payload = state.decryptAndHash(sealedPayload);
        if (payload.isEmpty()) {
            state.close();
        }
        return payload.map(opened -> new NoiseResponder(state, remote.get(), remoteEphemeral, opened));
    }

    /** The static key of the initiator. */
    public PublicKey remote() {
        return remote;
    }

    public byte[] payload() {
        return payload.clone();
    }

    /** Borrows both. Empty only when a key of the initiator is of low order, which {@link #read} does not let pass. */
    public Optional<Answer> answer(PrivateKey ephemeral, SecretBytes presharedKey) {
        return answer(ephemeral, presharedKey, NO_PAYLOAD);
    }

    /** {@code <- e, ee, se, psk} */
    Optional<Answer> answer(PrivateKey ephemeral, SecretBytes presharedKey, byte[] answerPayload) {
        try (SymmetricState attempt = state.copy()) {
            byte[] ephemeralPublic = ephemeral.publicKey().toBytes();
            attempt.mixEphemeral(ephemeralPublic);
            if (!attempt.mixAgreement(ephemeral, remoteEphemeral) || !attempt.mixAgreement(ephemeral, remote)) {
                return Optional.empty();
            }
            attempt.mixKeyAndHash(presharedKey);
            byte[] message = NoiseProtocol.join(ephemeralPublic, attempt.encryptAndHash(answerPayload));
            SecretBytes[] keys = attempt.split();
            return Optional.of(new Answer(message, new TransportKeys(keys[1], keys[0])));
        }
    }

    @Override
    public void close() {
        state.close();
    }
}
