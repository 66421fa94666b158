package dev.culvert.handshake;

import dev.culvert.crypto.HandshakeAead;
import dev.culvert.crypto.KeyedMac;
import dev.culvert.crypto.PublicKey;
import dev.culvert.wire.CookieReplyMessage;
import dev.culvert.wire.HandshakeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The MACs of the messages we send to one peer, and the cookie it may have asked us to prove our address with. */
final class OutgoingMacs implements AutoCloseable {
    /** White paper, section 5.4.4: an older cookie is not used any more. */
    static final long COOKIE_LIFETIME_NANOS = Duration.ofMinutes(2).toNanos();

    private record Cookie(KeyedMac mac2, long receivedNanos) {
        boolean isUsable(long nowNanos) {
            return nowNanos - receivedNanos <= COOKIE_LIFETIME_NANOS;
        }
    }

    private final KeyedMac mac1;
    private final byte[] cookieKey;
    /** Of the last message, until a cookie reply to it has come. */
    private byte @Nullable [] unansweredMac1;

    private int unansweredIndex;

    private @Nullable Cookie cookie;

    OutgoingMacs(PublicKey remote) {
        this.mac1 = new KeyedMac(MacKeys.mac1(remote));
        this.cookieKey = MacKeys.cookie(remote);
    }

    /** Writes both MACs into an initiation or response whose MACs are zero: mac2 stays so without a cookie. */
    void stamp(byte[] message, long nowNanos) {
        int mac1Offset = HandshakeMessage.mac1Offset(message.length);
        int mac2Offset = HandshakeMessage.mac2Offset(message.length);
        mac1.compute(message, mac1Offset, message, mac1Offset);
        unansweredIndex = HandshakeMessage.senderIndex(message);
        unansweredMac1 = Arrays.copyOfRange(message, mac1Offset, mac2Offset);
        Cookie held = cookie;
        if (held == null) {
            return;
        }
        if (held.isUsable(nowNanos)) {
            held.mac2.compute(message, mac2Offset, message, mac2Offset);
        } else {
            forgetCookie();
        }
    }

    /** False, and recoverable, when it is no answer to the last message; and when that was answered before. */
    boolean onCookieReply(byte[] reply, long nowNanos) {
        byte[] associatedData = unansweredMac1;
        if (associatedData == null || !CookieReplyMessage.matches(reply)) {
            return false;
        }
        // Before the decryption: with many peers, a flood of cookie replies must not cost one for each of them.
        if (CookieReplyMessage.receiverIndex(reply) != unansweredIndex) {
            return false;
        }
        Optional<byte[]> opened = HandshakeAead.XCHACHA20_POLY1305.open(
                cookieKey, CookieReplyMessage.nonce(reply), associatedData, CookieReplyMessage.sealedCookie(reply));
        if (opened.isEmpty()) {
            return false;
        }
        forgetCookie();
        cookie = new Cookie(new KeyedMac(opened.get()), nowNanos);
        unansweredMac1 = null;
        return true;
    }

    @Override
    public void close() {
        forgetCookie();
        unansweredMac1 = null;
    }

    private void forgetCookie() {
        if (cookie != null) {
            cookie.mac2.close();
            cookie = null;
        }
    }
}
