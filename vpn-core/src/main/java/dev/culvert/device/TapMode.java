package dev.culvert.device;

/** What a device carries: Ethernet frames or bare IP packets. */
public enum TapMode {
    TAP("tap"),
    TUN("tun");

    private final String text;

    TapMode(String text) {
        this.text = text;
    }

    /** The name in configuration files and in status. */
    public String text() {
        return text;
    }
}
