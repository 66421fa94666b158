package dev.culvert.device.linux;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the kernel takes as the name of an interface: dev_valid_name() in net/core/dev.c, and two more. */
final class InterfaceName {
    private InterfaceName() {}

    /** What is wrong with {@code name}, fit for the operator. */
    static Optional<String> fault(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes >= Ifreq.NAME_BYTES) {
            return Optional.of("a name has 1 to %d bytes, this one %d".formatted(Ifreq.NAME_BYTES - 1, bytes));
        }
        // all and default are directories of their own in /proc/sys/net/ipv4/conf
        if (name.equals(".") || name.equals("..") || name.equals("all") || name.equals("default")) {
            return Optional.of("the kernel keeps this name for itself; choose another");
        }
        // The kernel would replace %d by a number, and we would not know which.
        if (name.codePoints().anyMatch(c -> c <= ' ' || c == 0x7f || "/:%".indexOf(c) >= 0)) {
            return Optional.of("a name has no white space and none of / : %");
        }
        return Optional.empty();
    }
}
