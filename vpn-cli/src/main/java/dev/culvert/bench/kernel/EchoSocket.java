package dev.culvert.bench.kernel;

/** Echo requests to one address, and what comes back. Never blocks but in {@link #await}; confined to one thread. */
public interface EchoSocket {
    /** Number and token, which every payload begins with. */
    int MIN_PAYLOAD_BYTES = 16;

    /** What {@link #receive} took out. */
    sealed interface Received {}

    /** Nothing was there. */
    record Nothing() implements Received {}

    /** Another kind of message, or of another conversation. */
    record Foreign() implements Received {}

    /** A reply by its identifier. The far side can have made up all of it. */
    record Reply(long number, long token, int payloadBytes) implements Received {
        /** Of a reply that is too short to have one. */
        public static final long NO_NUMBER = -1;
    }

    /**
     * A request was refused earlier, by an ICMP error for one.
     *
     * @param errno as in icmp(7)
     */
    record Refusal(int errno) implements Received {}

    /** In front of a payload, those of IP included. */
    int headerBytes();

    /**
     * Sends one request; returns 0, or the errno of what refused it here. What refused it further on, {@link #receive}
     * tells.
     *
     * @param token to be found in the reply
     * @param payloadBytes at least {@link #MIN_PAYLOAD_BYTES}
     */
    int send(long number, long token, int payloadBytes);

    Received receive();

    /** Returns when there is something to {@link #receive}, after {@code nanos}, or earlier. */
    void await(long nanos);

    /** How much was thrown away since it was opened, because it came faster than {@link #receive} was called. */
    long overrun();
}
