package dev.culvert.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.crypto.SecretBytes;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoiseHandshakeTest {
    private static final byte[] PAYLOAD = {1, 2, 3};
    private static final PublicKey LOW_ORDER = PublicKey.of(new byte[PublicKey.BYTES]);

    private final Randomness random = new Random(7)::nextBytes;
    private final PrivateKey alice = PrivateKey.generate(random);
    private final PrivateKey bob = PrivateKey.generate(random);
    private final SecretBytes psk = PresharedKey.generate(random).secret();

    @Test
    void bothEndsDeriveTheSameKeys() {
        NoiseInitiator initiator = begin();
        NoiseResponder.Answer answer = answer(initiator);
        TransportKeys keys = initiator.readResponse(answer.message(), psk).orElseThrow();

        assertThat(keys.send().reveal())
                .isEqualTo(answer.keys().receive().reveal())
                .isNotEqualTo(keys.receive().reveal());
        assertThat(keys.receive().reveal()).isEqualTo(answer.keys().send().reveal());
    }

    @Test
    void noByteOfTheFirstMessageCanBeChanged() {
        byte[] message = begin().message();
        for (int i = 0; i < message.length; i++) {
            assertThat(NoiseResponder.read(bob, flipped(message, i)))
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @Test
    void responseWithAChangedByteIsRecoverable() {
        NoiseInitiator initiator = begin();
        byte[] response = answer(initiator).message();
        for (int i = 0; i < response.length; i++) {
            assertThat(initiator.readResponse(flipped(response, i), psk))
                    .as("byte %d", i)
                    .isEmpty();
        }

        assertThat(initiator.readResponse(response, psk)).isPresent();
    }

    @Test
    void responseToAnotherMessageIsRecoverable() {
        NoiseInitiator initiator = begin();

        assertThat(initiator.readResponse(answer(begin()).message(), psk)).isEmpty();
        assertThat(initiator.readResponse(answer(initiator).message(), psk)).isPresent();
    }

    @Test
    void anotherPresharedKeyIsRefusedByTheInitiator() {
        NoiseInitiator initiator = begin();
        byte[] response = answer(initiator).message();

        assertThat(initiator.readResponse(response, SecretBytes.owning(new byte[PresharedKey.BYTES])))
                .isEmpty();
    }

    @Test
    void onlyTheResponderItWasMadeForReadsAMessage() {
        assertThat(NoiseResponder.read(alice, begin().message())).isEmpty();
    }

    @Test
    void initiatorRefusesAStaticKeyOfLowOrder() {
        assertThat(NoiseInitiator.begin(alice, PrivateKey.generate(random), LOW_ORDER, PAYLOAD))
                .isEmpty();
    }

    @Test
    void responderRefusesAnEphemeralKeyOfLowOrder() {
        byte[] message = begin().message();
        System.arraycopy(LOW_ORDER.toBytes(), 0, message, 0, PublicKey.BYTES);

        assertThat(NoiseResponder.read(bob, message)).isEmpty();
    }

    @Test
    void initiatorRefusesAnEphemeralKeyOfLowOrder() {
        NoiseInitiator initiator = begin();
        byte[] response = answer(initiator).message();
        System.arraycopy(LOW_ORDER.toBytes(), 0, response, 0, PublicKey.BYTES);

        assertThat(initiator.readResponse(response, psk)).isEmpty();
    }

    @Test
    void printsNoSecret() {
        NoiseResponder.Answer answer = answer(begin());

        assertThat(answer.keys().toString())
                .isEqualTo("TransportKeys(secret)")
                .doesNotContain(HexFormat.of().formatHex(answer.keys().send().reveal()));
    }

    @Test
    void wipesTheKeysThatAreClosed() {
        TransportKeys keys = answer(begin()).keys();

        keys.close();

        assertThat(keys.send().reveal()).containsOnly(0);
        assertThat(keys.receive().reveal()).containsOnly(0);
    }

    private NoiseInitiator begin() {
        return NoiseInitiator.begin(alice, PrivateKey.generate(random), bob.publicKey(), PAYLOAD)
                .orElseThrow();
    }

    private NoiseResponder.Answer answer(NoiseInitiator initiator) {
        NoiseResponder responder = NoiseResponder.read(bob, initiator.message()).orElseThrow();
        return responder.answer(PrivateKey.generate(random), psk).orElseThrow();
    }

    private static byte[] flipped(byte[] message, int index) {
        byte[] changed = message.clone();
        changed[index] ^= 1;
        return changed;
    }
}
