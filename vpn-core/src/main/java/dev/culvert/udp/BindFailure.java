package dev.culvert.udp;

import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Why a socket could not be bound, in words for the operator. */
enum BindFailure {
    IN_USE(
            "EADDRINUSE",
            -98,
            "in use",
            "another program has this port, \"ss -lunp\" names it; choose another port, or leave listen out to take any free one"),
    NOT_LOCAL(
            "EADDRNOTAVAIL",
            -99,
            "assign requested address",
            "no interface of this machine has this address; listen on [::] or 0.0.0.0, or give the address to an interface first"),
    FORBIDDEN(
            "EACCES",
            -13,
            "ermission denied",
            "ports below 1024 need CAP_NET_BIND_SERVICE; choose another port, or leave listen out to take any free one"),
    NO_FAMILY("EAFNOSUPPORT", -97, "not supported", "this machine has no IPv6; listen on 0.0.0.0"),
    OTHER("", 0, "", "listen on [::] or 0.0.0.0, or leave listen out");

    private final String errno;
    private final int negativeErrno;
    private final String words;
    private final String remedy;

    BindFailure(String errno, int negativeErrno, String words, String remedy) {
        this.errno = errno;
        this.negativeErrno = negativeErrno;
        this.words = words;
        this.remedy = remedy;
    }

    static UdpException explain(InetSocketAddress listen, Throwable cause) {
        BindFailure failure = of(cause);
        String what = failure == OTHER ? String.valueOf(cause.getMessage()) : failure.errno;
        return new UdpException(
                "cannot bind UDP " + UdpBinding.text(listen) + ": " + what + " (" + failure.remedy + ")", cause);
    }

    static UdpException unresolved(InetSocketAddress listen) {
        String text = UdpBinding.text(listen);
        return new UdpException(
                "cannot bind UDP " + text + ": not an address (listen takes an IP address of this machine)",
                new IllegalArgumentException(text));
    }

    static boolean isFamilyMissing(UdpException failure) {
        Throwable cause = failure.getCause();
        return cause != null && of(cause) == NO_FAMILY;
    }

    private static BindFailure of(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            for (BindFailure failure : values()) {
                if (failure != OTHER && failure.matches(each)) {
                    return failure;
                }
            }
        }
        return OTHER;
    }

    private boolean matches(Throwable cause) {
        if (cause instanceof NativeIoException nativeFailure) {
            return nativeFailure.expectedErr() == negativeErrno;
        }
        if (this == NO_FAMILY && cause instanceof UnsupportedOperationException) {
            return true;
        }
        // The JDK tells the errno by its text only.
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }
}
