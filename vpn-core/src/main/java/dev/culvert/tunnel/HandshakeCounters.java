package dev.culvert.tunnel;

import dev.culvert.handshake.HandshakeVerdict;
import dev.culvert.metrics.CounterId;

/** The counter of each reason to refuse a handshake message. */
final class HandshakeCounters {
    private HandshakeCounters() {}

    static CounterId of(HandshakeVerdict why) {
        return switch (why) {
            case UNAUTHENTIC -> CounterId.HANDSHAKE_UNAUTHENTIC;
            case UNEXPECTED -> CounterId.HANDSHAKE_UNEXPECTED;
            case INITIATION_REPLAYED -> CounterId.INITIATION_REPLAYED;
            case INITIATION_FLOOD -> CounterId.INITIATION_FLOOD;
        };
    }
}
