package dev.culvert.metrics;

import static dev.culvert.metrics.CounterId.Role.DROP;
import static dev.culvert.metrics.CounterId.Role.IN;
import static dev.culvert.metrics.CounterId.Role.INFO;
import static dev.culvert.metrics.CounterId.Role.OUT;
import static dev.culvert.metrics.Stage.CONTROL;
import static dev.culvert.metrics.Stage.DECAPSULATE;
import static dev.culvert.metrics.Stage.ENCAPSULATE;
import static dev.culvert.metrics.Stage.HANDSHAKE;
import static dev.culvert.metrics.Stage.INBOUND_SWITCH;
import static dev.culvert.metrics.Stage.OUTBOUND_SWITCH;
import static dev.culvert.metrics.Stage.REASSEMBLE;
import static dev.culvert.metrics.Stage.TAP_WRITE;
import static dev.culvert.metrics.Stage.UDP_SEND;

import java.util.List;
import java.util.Locale;

/** Every counter of a tunnel, with the stage it belongs to and its side of that stage's equation. */
public enum CounterId {
    TAP_FRAMES_READ(OUTBOUND_SWITCH, IN, "frames read from the TAP"),
    OUTBOUND_FRAMES_SWITCHED(OUTBOUND_SWITCH, OUT, "frames given to at least one peer"),
    OUTBOUND_MALFORMED(OUTBOUND_SWITCH, DROP, "frame from the TAP is no valid frame or packet"),
    OUTBOUND_LOCAL_DESTINATION(OUTBOUND_SWITCH, DROP, "destination is on this side of the tunnel"),
    OUTBOUND_NO_PEER(OUTBOUND_SWITCH, DROP, "no peer for this destination"),
    OUTBOUND_OWN_DATAGRAM(OUTBOUND_SWITCH, DROP, "the tunnel's own outer datagram came back through the TAP"),

    COPIES_OFFERED(ENCAPSULATE, IN, "copies of frames offered to peers"),
    COPIES_SEALED(ENCAPSULATE, OUT, "copies sealed into datagrams"),
    STAGED_OVERFLOW(ENCAPSULATE, DROP, "no session yet and the staging queue was full"),
    STAGED_GIVEN_UP(ENCAPSULATE, DROP, "no session could be established"),
    COPY_TOO_LARGE(ENCAPSULATE, DROP, "frame does not fit a datagram"),
    PEER_UNREACHABLE(ENCAPSULATE, DROP, "the peer's address is not known"),
    SEND_BACKPRESSURE(ENCAPSULATE, DROP, "the UDP socket took no more"),

    DATAGRAMS_OFFERED(UDP_SEND, IN, "datagrams handed to the socket"),
    DATAGRAMS_SENT(UDP_SEND, OUT, "datagrams sent"),
    SEND_FAILED(UDP_SEND, DROP, "the kernel refused the datagram"),
    SEND_TOO_LARGE(UDP_SEND, DROP, "the datagram exceeds what the path carries"),

    DATAGRAMS_RECEIVED(DECAPSULATE, IN, "datagrams received"),
    FRAMES_OPENED(DECAPSULATE, OUT, "frames or packets opened"),
    KEEPALIVES_RECEIVED(DECAPSULATE, OUT, "keepalives received"),
    FRAGMENTS_OPENED(DECAPSULATE, OUT, "fragments of frames opened"),
    CONTROL_RECEIVED(DECAPSULATE, OUT, "control messages handed to the control loop"),
    HANDSHAKES_QUEUED(DECAPSULATE, OUT, "handshake messages handed to the control loop"),
    DATAGRAM_MALFORMED(DECAPSULATE, DROP, "no message of ours: type or length"),
    BAD_MAC1(DECAPSULATE, DROP, "mac1 invalid: not made for our public key"),
    HANDSHAKE_QUEUE_FULL(DECAPSULATE, DROP, "too many handshake messages at once"),
    UNKNOWN_INDEX(DECAPSULATE, DROP, "receiver index of no session"),
    SESSION_EXPIRED(DECAPSULATE, DROP, "session too old to carry traffic"),
    REPLAYED(DECAPSULATE, DROP, "counter seen before or behind the window"),
    UNAUTHENTIC(DECAPSULATE, DROP, "tag invalid"),
    CONTROL_UNKNOWN(DECAPSULATE, DROP, "control message of an unknown kind"),
    CONTROL_RATE_LIMITED(DECAPSULATE, DROP, "too many control messages from one peer"),
    PAYLOAD_UNKNOWN(DECAPSULATE, DROP, "inner payload of an unknown kind"),
    PAYLOAD_MALFORMED(DECAPSULATE, DROP, "inner payload malformed"),
    PAYLOAD_WRONG_MODE(DECAPSULATE, DROP, "frame in tun mode or packet in tap mode"),

    HANDSHAKES_TAKEN(HANDSHAKE, IN, "handshake messages taken by the control loop"),
    INITIATIONS_ACCEPTED(HANDSHAKE, OUT, "initiations answered"),
    RESPONSES_ACCEPTED(HANDSHAKE, OUT, "responses that completed a handshake"),
    COOKIES_ACCEPTED(HANDSHAKE, OUT, "cookie replies accepted"),
    COOKIES_DEMANDED(HANDSHAKE, OUT, "initiations or responses answered by a cookie reply, under load"),
    RATE_LIMITED(HANDSHAKE, DROP, "too many handshake messages from one address, under load"),
    HANDSHAKE_UNAUTHENTIC(HANDSHAKE, DROP, "handshake message that does not decrypt"),
    UNKNOWN_PEER(HANDSHAKE, DROP, "initiation of a public key that is not configured"),
    PEER_DISABLED(HANDSHAKE, DROP, "initiation of a disabled peer"),
    INITIATION_REPLAYED(HANDSHAKE, DROP, "initiation not newer than the last"),
    INITIATION_FLOOD(HANDSHAKE, DROP, "initiation too soon after the last"),
    HANDSHAKE_UNEXPECTED(HANDSHAKE, DROP, "response or cookie reply nobody waits for"),

    FRAGMENTS_IN(REASSEMBLE, IN, "fragments taken from peers"),
    FRAGMENTS_JOINED(REASSEMBLE, OUT, "fragments that made a whole frame"),
    FRAGMENT_MALFORMED(REASSEMBLE, DROP, "no fragment, or of a frame that would be too long"),
    FRAGMENT_DUPLICATE(REASSEMBLE, DROP, "fragment that was there already"),
    FRAGMENT_INCONSISTENT(REASSEMBLE, DROP, "fragment that contradicts others of its frame"),
    FRAGMENTS_GIVEN_UP(REASSEMBLE, DROP, "fragments of frames that were not whole in time, or one too many"),
    CONTROL_TAKEN(CONTROL, IN, "control messages taken by the control loop"),
    HELLOS_ACCEPTED(CONTROL, OUT, "hellos and answers to ours"),
    CONTROL_STALE(CONTROL, DROP, "control message of a session that is gone"),

    PEER_FRAMES_IN(INBOUND_SWITCH, IN, "frames opened from peers"),
    INBOUND_FRAMES_SWITCHED(INBOUND_SWITCH, OUT, "frames given to the TAP or to other peers"),
    INBOUND_MALFORMED(INBOUND_SWITCH, DROP, "frame from a peer is no valid frame or packet"),
    INBOUND_BAD_SOURCE(INBOUND_SWITCH, DROP, "source address is multicast, zero or our own"),
    INBOUND_SOURCE_NOT_ALLOWED(INBOUND_SWITCH, DROP, "source address not allowed to this peer"),
    INBOUND_SPLIT_HORIZON(INBOUND_SWITCH, DROP, "destination is behind the peer that sent it"),

    TAP_OFFERED(TAP_WRITE, IN, "frames offered to the TAP"),
    TAP_WRITTEN(TAP_WRITE, OUT, "frames written to the TAP"),
    TAP_WRITE_REFUSED(TAP_WRITE, DROP, "the kernel refused the frame"),
    CHECKSUM_NOT_PARTIAL(TAP_WRITE, DROP, "a partial checksum is said to be in a frame that can have none"),

    SEGMENTED_SENDS_REFUSED(UDP_SEND, INFO, "messages of several datagrams that the kernel refused, sent one by one"),
    SUPER_FRAMES_READ(OUTBOUND_SWITCH, INFO, "frames read from the TAP that were cut into several"),
    SUPER_FRAMES_WRITTEN(TAP_WRITE, INFO, "frames written to the TAP that were joined from several"),
    FRAMES_FRAGMENTED(ENCAPSULATE, INFO, "copies too long for the path, sealed as fragments"),
    MACS_NOT_LEARNED(INBOUND_SWITCH, INFO, "source addresses not learned: a table limit was reached"),
    MAC_MOVES_HELD_DOWN(INBOUND_SWITCH, INFO, "moves of an address ignored: it moved too often"),
    TAP_READ_CALLS(OUTBOUND_SWITCH, INFO, "system calls that read from the TAP"),
    TAP_WRITE_CALLS(TAP_WRITE, INFO, "system calls that wrote to the TAP"),
    UDP_SEND_CALLS(UDP_SEND, INFO, "system calls that sent datagrams"),
    UDP_RECEIVE_CALLS(DECAPSULATE, INFO, "system calls that received datagrams"),
    LOOP_WAIT_CALLS(
            OUTBOUND_SWITCH, INFO, "system calls that waited for frames and datagrams, or changed what is waited for");

    /** System calls made for frames and datagrams: their sum is the crossings of a tunnel. */
    public static final List<CounterId> CROSSINGS =
            List.of(TAP_READ_CALLS, TAP_WRITE_CALLS, UDP_SEND_CALLS, UDP_RECEIVE_CALLS, LOOP_WAIT_CALLS);

    /** Which side of its stage's equation a counter stands on. */
    public enum Role {
        IN,
        OUT,
        DROP,
        INFO
    }

    private final Stage stage;
    private final Role role;
    private final String description;

    CounterId(Stage stage, Role role, String description) {
        this.stage = stage;
        this.role = role;
        this.description = description;
    }

    public Stage stage() {
        return stage;
    }

    public Role role() {
        return role;
    }

    /** For people: what was counted, or why it was dropped. */
    public String description() {
        return description;
    }

    /** The name in JSON and on the command line: {@code tap_frames_read}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
