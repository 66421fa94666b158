package dev.culvert.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.handshake.RespondOutcome.Responded;
import dev.culvert.handshake.ResponseOutcome.Completed;
import dev.culvert.noise.TransportKeys;
import dev.culvert.testkit.Vectors;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A whole handshake to the byte, against messages that share no code with ours. */
class WireGuardTranscriptTest {
    private static final Vectors VECTORS = Vectors.load("wireguard-handshake");
    private static final int INITIATOR_INDEX = 0x11223344;
    private static final int RESPONDER_INDEX = 0xa1b2c3d4;

    private final PrivateKey initiatorKey = PrivateKey.of(VECTORS.hex("initiator.static"));
    private final PrivateKey responderKey = PrivateKey.of(VECTORS.hex("responder.static"));
    private final Optional<PresharedKey> psk = Optional.of(PresharedKey.of(VECTORS.hex("psk")));

    @Test
    void initiatorSendsAndUnderstandsWireGuard() {
        LocalIdentity identity = new LocalIdentity(initiatorKey, only("initiator.ephemeral"));
        try (Handshake handshake = new Handshake(identity, responderKey.publicKey(), psk)) {
            Instant now = Instant.parse(VECTORS.text("instant"));
            assertThat(handshake.initiate(INITIATOR_INDEX, now, 0)).hasValue(VECTORS.hex("initiation"));

            Completed completed = (Completed) handshake.onResponse(VECTORS.hex("response"));
            assertThat(completed.remoteIndex()).isEqualTo(RESPONDER_INDEX);
            assertKeys(completed.keys(), "initiator", "responder");
        }
    }

    @Test
    void responderUnderstandsAndSendsWireGuard() {
        LocalIdentity identity = new LocalIdentity(responderKey, only("responder.ephemeral"));
        try (Handshake handshake = new Handshake(identity, initiatorKey.publicKey(), psk);
                ReceivedInitiation initiation =
                        identity.read(VECTORS.hex("initiation")).orElseThrow()) {
            Responded responded = (Responded) handshake.respond(initiation, RESPONDER_INDEX, 0);
            assertThat(responded.message()).isEqualTo(VECTORS.hex("response"));
            assertThat(responded.remoteIndex()).isEqualTo(INITIATOR_INDEX);
            assertKeys(responded.keys(), "responder", "initiator");
        }
    }

    private static void assertKeys(TransportKeys keys, String own, String other) {
        assertThat(keys.send().reveal()).isEqualTo(VECTORS.hex(own + ".sends.with"));
        assertThat(keys.receive().reveal()).isEqualTo(VECTORS.hex(other + ".sends.with"));
    }

    /** Randomness that is always this key. */
    private static Randomness only(String key) {
        return target -> System.arraycopy(VECTORS.hex(key), 0, target, 0, target.length);
    }
}
