package dev.culvert.udp.io;

import java.net.InetSocketAddress;

/** Sends several messages by one system call. Confined to one thread. */
public interface MessageOutlet {
    /** How many messages a call takes. */
    int SLOTS = 64;

    /**
     * Prepares a message; its memory must live until {@link #send} has returned.
     *
     * @param slot from 0, without gaps
     * @param segmentBytes what the kernel is to cut it into, at most 64 pieces; 0 for one datagram
     */
    void put(int slot, InetSocketAddress remote, long address, int bytes, int segmentBytes);

    /** How many of the first {@code count} messages were sent, at least 1; or the errno of the first, negative. */
    int send(int count);
}
