package dev.culvert.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.HandshakeAead;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.SecretBytes;
import dev.culvert.testkit.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** The pattern as published by others, with another prologue and other payloads than WireGuard's. */
class NoiseVectorsTest {
    private static final Vectors VECTORS = Vectors.load("noise-ikpsk2");
    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final NoiseProtocol protocol = new NoiseProtocol(VECTORS.hex("init.prologue"));
    private final SecretBytes psk = SecretBytes.owning(VECTORS.hex("init.psk"));
    private final NoiseInitiator initiator = NoiseInitiator.begin(
                    protocol,
                    PrivateKey.of(VECTORS.hex("init.static")),
                    PrivateKey.of(VECTORS.hex("init.ephemeral")),
                    PublicKey.of(VECTORS.hex("init.remote.static")),
                    payload(1))
            .orElseThrow();

    @Test
    void initiatorWritesAndReadsWhatIsPublished() {
        assertThat(initiator.message()).isEqualTo(ciphertext(1));

        assertTransportMessages(initiator.readResponse(ciphertext(2), psk).orElseThrow(), 3, 4);
    }

    @Test
    void responderReadsAndWritesWhatIsPublished() {
        PrivateKey local = PrivateKey.of(VECTORS.hex("resp.static"));
        NoiseResponder responder =
                NoiseResponder.read(protocol, local, ciphertext(1)).orElseThrow();
        assertThat(responder.payload()).isEqualTo(payload(1));
        assertThat(responder.remote())
                .isEqualTo(PrivateKey.of(VECTORS.hex("init.static")).publicKey());

        PrivateKey ephemeral = PrivateKey.of(VECTORS.hex("resp.ephemeral"));
        NoiseResponder.Answer answer =
                responder.answer(ephemeral, psk, payload(2)).orElseThrow();
        assertThat(answer.message()).isEqualTo(ciphertext(2));
        assertTransportMessages(answer.keys(), 4, 3);
    }

    /** Of the published transport messages, each direction has two. */
    private static void assertTransportMessages(TransportKeys keys, int firstSent, int firstReceived) {
        for (int counter = 0; counter < 2; counter++) {
            assertThat(seal(keys.send(), counter, payload(firstSent + 2 * counter)))
                    .isEqualTo(ciphertext(firstSent + 2 * counter));
            assertThat(seal(keys.receive(), counter, payload(firstReceived + 2 * counter)))
                    .isEqualTo(ciphertext(firstReceived + 2 * counter));
        }
    }

    private static byte[] seal(SecretBytes key, long counter, byte[] plaintext) {
        byte[] nonce = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4, counter)
                .array();
        return HandshakeAead.CHACHA20_POLY1305.seal(key.reveal(), nonce, NO_ASSOCIATED_DATA, plaintext);
    }

    private static byte[] payload(int message) {
        return VECTORS.hex("message." + message + ".payload");
    }

    private static byte[] ciphertext(int message) {
        return VECTORS.hex("message." + message + ".ciphertext");
    }
}
