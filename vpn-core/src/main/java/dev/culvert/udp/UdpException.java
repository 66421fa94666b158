package dev.culvert.udp;

import java.io.IOException;

/** A socket could not be bound; the message names the address, the cause and the remedy. */
public final class UdpException extends IOException {
    private static final long serialVersionUID = 1L;

    public UdpException(String message, Throwable cause) {
        super(message, cause);
    }
}
