package dev.culvert.metrics;

/**
 * A component that frames or datagrams pass through. For each stage, what came in equals what went out plus the drops
 * by reason plus what it holds at the moment ({@link CountersSnapshot#imbalances}).
 */
public enum Stage {
    /** Frames read from the TAP until the switch has chosen their peers. Unit: frames. */
    OUTBOUND_SWITCH,
    /** Copies of frames on their way to one peer, until sealed. Unit: copies (a flooded frame is one a peer). */
    ENCAPSULATE,
    /** Messages of every type handed to the UDP socket. Unit: datagrams. */
    UDP_SEND,
    /** Datagrams received, until opened or handed to the control loop. Unit: datagrams. */
    DECAPSULATE,
    /** Handshake messages on the control loop. Unit: messages. */
    HANDSHAKE,
    /** Fragments opened from peers, until their frame is whole. Unit: fragments. */
    REASSEMBLE,
    /** Control messages on the control loop. Unit: messages. */
    CONTROL,
    /** Frames opened from peers, until the switch has chosen where they go. Unit: frames. */
    INBOUND_SWITCH,
    /** Frames offered to the TAP. Unit: frames. */
    TAP_WRITE
}
