package dev.culvert.handshake;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.testkit.ManualClock;
import dev.culvert.wire.HandshakeMessage;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;

/** One end of a handshake, with the handshake it leads with the other. Time and randomness are the test's. */
final class TestPeer {
    final LocalIdentity identity;
    final Handshake handshake;
    private final ManualClock clock;
    private final Mac1Check mac1Check;

    TestPeer(PrivateKey key, PublicKey remote, Optional<PresharedKey> psk, ManualClock clock, Randomness random) {
        this.identity = new LocalIdentity(key, random);
        this.handshake = new Handshake(identity, remote, psk);
        this.mac1Check = new Mac1Check(key.publicKey());
        this.clock = clock;
    }

    byte[] initiate(int index) {
        return handshake.initiate(index, clock.now(), clock.nanoTime()).orElseThrow();
    }

    RespondOutcome respond(byte[] initiation, int index) {
        try (ReceivedInitiation received = identity.read(initiation).orElseThrow()) {
            return handshake.respond(received, index, clock.nanoTime());
        }
    }

    RespondOutcome.Responded responded(byte[] initiation, int index) {
        return (RespondOutcome.Responded) respond(initiation, index);
    }

    ResponseOutcome.Completed completed(byte[] response) {
        return (ResponseOutcome.Completed) handshake.onResponse(response);
    }

    boolean onCookieReply(byte[] reply) {
        return handshake.onCookieReply(reply, clock.nanoTime());
    }

    boolean passesMac1(byte[] message) {
        return mac1Check.isValid(Unpooled.wrappedBuffer(message));
    }

    static byte[] mac2(byte[] message) {
        return Arrays.copyOfRange(message, HandshakeMessage.mac2Offset(message.length), message.length);
    }

    static byte[] flipped(byte[] message, int index) {
        byte[] changed = message.clone();
        changed[index] ^= 1;
        return changed;
    }
}
