package dev.culvert.it.wireguard;

import dev.culvert.wire.MessageType;
import java.time.Duration;

/**
 * A datagram between two ends, as tshark's WireGuard dissector sees it.
 *
 * @param at since the capture began
 * @param type {@link MessageType#INVALID} for whatever tshark does not call a sound WireGuard message
 * @param mac2 whether it carries one: that is, a cookie was used
 * @param keepalive a transport message of nothing
 */
record OuterMessage(Duration at, String from, MessageType type, boolean mac2, boolean keepalive) {
    boolean isA(MessageType wanted) {
        return type == wanted;
    }
}
