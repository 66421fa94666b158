package dev.culvert.device;

import java.io.IOException;

/**
 * A device could not be made, configured or used: {@code vpn0: TUNSETIFF: EPERM: needs CAP_NET_ADMIN, or ...}. The
 * message stands by itself: device, operation, errno by name, remedy.
 */
public final class TapException extends IOException {
    private static final long serialVersionUID = 1L;

    public TapException(String device, String operation, String errno, String remedy) {
        super("%s: %s: %s: %s".formatted(device, operation, errno, remedy));
    }
}
