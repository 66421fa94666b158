package dev.culvert.handshake;

import dev.culvert.crypto.HandshakeAead;
import dev.culvert.crypto.Hash;
import dev.culvert.crypto.KeyedMac;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.wire.CookieReplyMessage;
import dev.culvert.wire.HandshakeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a flood of handshake messages and the work they would cause (white paper, section 5.3): under
 * load, only senders that prove their address with a cookie are served, and each address only so often. A cookie is a
 * MAC over the address, so that nothing is remembered of those who were sent one. All messages given here have passed
 * {@link Mac1Check}.
 */
public final class CookieGuard {
    /** White paper, section 5.4.7: the secret changes every two minutes. */
    static final long SECRET_LIFETIME_NANOS = Duration.ofMinutes(2).toNanos();

    private record Secret(KeyedMac cookies, long madeNanos) {
        boolean isCurrent(long nowNanos) {
            return nowNanos - madeNanos < SECRET_LIFETIME_NANOS;
        }
    }

    private final byte[] cookieKey;
    private final Randomness random;
    private final LoadMeter load = new LoadMeter();
    private final SourceRateLimit rateLimit = new SourceRateLimit();
    private @Nullable Secret secret;

    public CookieGuard(PublicKey local, Randomness random) {
        this.cookieKey = MacKeys.cookie(local);
        this.random = random;
    }

    /** Whether to demand cookies now; asked for every message, with the number of those that wait behind it. */
    public boolean isUnderLoad(int queued, long nowNanos) {
        return load.isUnderLoad(queued, nowNanos);
    }

    /** Whether the sender has used a cookie of ours, made for this address and port. */
    public boolean hasValidMac2(byte[] message, InetSocketAddress from, long nowNanos) {
        if (secret == null || !secret.isCurrent(nowNanos)) {
            return false;
        }
        int offset = HandshakeMessage.mac2Offset(message.length);
        byte[] received = Arrays.copyOfRange(message, offset, message.length);
        try (KeyedMac mac2 = new KeyedMac(cookieFor(from, secret))) {
            return MessageDigest.isEqual(mac2.of(message, offset), received);
        }
    }

    /** The answer to an initiation or response without a valid mac2. */
    public byte[] cookieReply(byte[] message, InetSocketAddress from, long nowNanos) {
        int mac1Offset = HandshakeMessage.mac1Offset(message.length);
        byte[] mac1 = Arrays.copyOfRange(message, mac1Offset, HandshakeMessage.mac2Offset(message.length));
        byte[] nonce = random.bytes(CookieReplyMessage.NONCE_BYTES);
        byte[] sealedCookie =
                HandshakeAead.XCHACHA20_POLY1305.seal(cookieKey, nonce, mac1, cookieFor(from, currentSecret(nowNanos)));
        return CookieReplyMessage.create(HandshakeMessage.senderIndex(message), nonce, sealedCookie);
    }

    /** Takes one of the tokens of this address; only for senders with a valid mac2, as others may have forged it. */
    public boolean admits(InetAddress from, long nowNanos) {
        return rateLimit.admits(from, nowNanos);
    }

    private Secret currentSecret(long nowNanos) {
        Secret current = secret;
        if (current == null || !current.isCurrent(nowNanos)) {
            if (current != null) {
                current.cookies.close();
            }
            current = new Secret(new KeyedMac(random.bytes(Hash.BYTES)), nowNanos);
            secret = current;
        }
        return current;
    }

    private static byte[] cookieFor(InetSocketAddress from, Secret secret) {
        byte[] address = from.getAddress().getAddress();
        byte[] source = ByteBuffer.allocate(address.length + Short.BYTES)
                .put(address)
                .putShort((short) from.getPort())
                .array();
        return secret.cookies.of(source, source.length);
    }
}
