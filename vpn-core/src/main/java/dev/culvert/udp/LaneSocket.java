package dev.culvert.udp;

import io.netty.channel.unix.Socket;
import java.io.IOException;

/** A UDP socket of the kernel, made by Netty's native library; a lane calls on it by itself. */
final class LaneSocket extends Socket {
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103; // linux/udp.h
    private static final int UDP_GRO = 104;

    // <sys/socket.h>: they pass rmem_max and wmem_max, and need CAP_NET_ADMIN.
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;

    private LaneSocket(int fd) {
        super(fd);
    }

    /**
     * Non-blocking; of IPv6, it takes IPv4 too. Throws Netty's unchecked ChannelException when the kernel has no such
     * sockets.
     */
    static LaneSocket open(boolean ipv6) {
        return new LaneSocket(newSocketDgram0(ipv6));
    }

    int number() {
        return intValue();
    }

    /** Whether several datagrams arrive as one message from now on: Linux 5.0. */
    boolean tryGro() {
        return trySet(SOL_UDP, UDP_GRO, 1);
    }

    /** Whether a message can be cut into several datagrams: Linux 4.18. A size for all messages is not set. */
    boolean hasSegmentation() {
        return trySet(SOL_UDP, UDP_SEGMENT, 0);
    }

    /** Whether the kernel's buffers for this socket have this size now, whatever the limits of the system. */
    boolean tryToForceBuffers(int bytes) {
        return trySet(SOL_SOCKET, SO_RCVBUFFORCE, bytes) && trySet(SOL_SOCKET, SO_SNDBUFFORCE, bytes);
    }

    void closeQuietly() {
        try {
            close();
        } catch (IOException _) {
            // It is of no use any more in any case.
        }
    }

    private boolean trySet(int level, int option, int value) {
        try {
            setIntOpt(level, option, value);
            return true;
        } catch (IOException _) { // this kernel does not know it, or does not allow it
            return false;
        }
    }
}
