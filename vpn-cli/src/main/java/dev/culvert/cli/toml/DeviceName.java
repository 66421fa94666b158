package dev.culvert.cli.toml;

import java.nio.charset.StandardCharsets;

/** Names the kernel takes for a network device (dev_valid_name in net/core/dev.c), less those that invite trouble. */
public final class DeviceName {
    private static final int MAX_BYTES = 15; // IFNAMSIZ - 1

    private DeviceName() {}

    /** Returns {@code name} itself when it is one. */
    public static String parse(String name) throws BadValueException {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new BadValueException(
                    "expected a device name of 1 to %d bytes, found %d bytes".formatted(MAX_BYTES, bytes));
        }
        // '%' is a pattern to the kernel, ':' an alias, and a leading '-' an option to every command.
        if (!name.matches("[A-Za-z0-9._-]+") || name.startsWith("-")) {
            throw new BadValueException(
                    "expected a device name of letters, digits, '.', '_' and '-', found " + Quoted.text(name));
        }
        // "all" and "default" would stand for every device in /proc/sys/net/ipv4/conf: the kernel refuses them.
        switch (name) {
            case ".", "..", "all", "default" ->
                throw new BadValueException(Quoted.text(name) + " is reserved by the kernel: choose another name");
            default -> {}
        }
        return name;
    }
}
