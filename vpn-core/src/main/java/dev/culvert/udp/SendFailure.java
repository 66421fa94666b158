package dev.culvert.udp;

import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;

/** What a failed send means for the datagrams. */
enum SendFailure {
    /** EMSGSIZE: larger than the path, or than UDP, carries. */
    TOO_LARGE,
    /** The ICMP answer to an earlier datagram, handed to whoever sends next: says nothing about these. */
    PENDING_ICMP,
    /** ENOBUFS, ENOMEM: the kernel is short of memory at the moment. */
    NO_BUFFERS,
    /** EPERM, EACCES: a firewall rule or an address that needs privileges. */
    FORBIDDEN,
    /** EINVAL, EIO: of a segmented message, that the route or its device cannot cut it. */
    UNSEGMENTED,
    CLOSED,
    OTHER;

    /** What the JDK says. */
    static SendFailure of(Throwable cause) {
        if (cause instanceof PortUnreachableException || cause instanceof NoRouteToHostException) {
            return PENDING_ICMP;
        }
        if (cause instanceof ClosedChannelException) {
            return CLOSED;
        }
        // The JDK tells this errno by its text only.
        return String.valueOf(cause.getMessage()).contains("too long") ? TOO_LARGE : OTHER;
    }

    /** What the kernel says. */
    static SendFailure ofErrno(int errno) {
        return switch (errno) { // asm-generic/errno.h
            case 90 -> TOO_LARGE;
            case 111, 113, 101, 92 -> PENDING_ICMP; // ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENOPROTOOPT
            case 105, 12 -> NO_BUFFERS;
            case 1, 13 -> FORBIDDEN;
            case 22, 5 -> UNSEGMENTED; // EINVAL, EIO
            default -> OTHER;
        };
    }

    /** Whether the same datagrams may still go one by one after the kernel refused them as one segmented send. */
    boolean mayGoSingly() {
        return this == TOO_LARGE || this == UNSEGMENTED;
    }
}
