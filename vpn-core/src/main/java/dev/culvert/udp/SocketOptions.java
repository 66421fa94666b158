package dev.culvert.udp;

/**
 * How the sockets of a loop are to be opened.
 *
 * @param offload UDP_SEGMENT when sending, UDP_GRO when receiving, where the backend and the kernel have them
 * @param sharedPort SO_REUSEPORT: other sockets of this user may bind the same port
 */
record SocketOptions(boolean offload, boolean sharedPort) {
    static final SocketOptions DEFAULT = new SocketOptions(true, false);
}
