package dev.culvert.device;

/** What a device carries: Ethernet frames or bare IP packets. */
public enum TapMode {
    TAP,
    TUN
}
