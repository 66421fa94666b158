package dev.culvert.handshake;

import dev.culvert.crypto.Hash;
import dev.culvert.crypto.PublicKey;
import java.nio.charset.StandardCharsets;

/**
 * The keys for messages to the holder of a public key (white paper, sections 5.4.4 and 5.4.7). Not secret: whoever
 * knows the public key can compute them, and nobody else.
 */
final class MacKeys {
    private static final byte[] LABEL_MAC1 = "mac1----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABEL_COOKIE = "cookie--".getBytes(StandardCharsets.US_ASCII);

    private MacKeys() {}

    static byte[] mac1(PublicKey receiver) {
        return Hash.hash(LABEL_MAC1, receiver.toBytes());
    }

    static byte[] cookie(PublicKey replier) {
        return Hash.hash(LABEL_COOKIE, replier.toBytes());
    }
}
