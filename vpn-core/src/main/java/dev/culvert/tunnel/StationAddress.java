package dev.culvert.tunnel;

import dev.culvert.config.InterfaceConfig;
import dev.culvert.crypto.Hash;
import dev.culvert.ethernet.MacAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The hardware address of a tunnel's TAP. It follows from key and name, and so is the same after a restart: with one drawn
 * anew, the neighbours would go on sending to the old one until their ARP entries age, which takes up to a minute.
 */
final class StationAddress {
    private static final byte[] LABEL = "culvert hardware address".getBytes(StandardCharsets.US_ASCII);

    // IEEE 802-2014, section 8.2.2: the I/G and the U/L bit
    private static final long GROUP_BIT = 0x0100_0000_0000L;
    private static final long LOCAL_BIT = 0x0200_0000_0000L;

    private StationAddress() {}

    static MacAddress of(InterfaceConfig device) {
        byte[] hash = Hash.hash(
                LABEL, device.privateKey().publicKey().toBytes(), device.name().getBytes(StandardCharsets.UTF_8));
        long bits = ByteBuffer.wrap(hash).getLong() >>> Short.SIZE;
        return new MacAddress((bits & ~GROUP_BIT) | LOCAL_BIT);
    }
}
