package dev.culvert.tunnel;

import dev.culvert.testkit.Frames;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Frames between the hosts "a", "b", "c"... that stand behind the simulated tunnels. */
final class TestHosts {
    private static final int TYPE_EXPERIMENTAL = 0x88b5; // IEEE 802, local experimental ethertype 1
    static final String BROADCAST = "ff:ff:ff:ff:ff:ff";

    private TestHosts() {}

    static String mac(String host) {
        return "02:00:5e:00:01:%02x".formatted((int) host.charAt(0));
    }

    /** A frame that tells its number and is as long as {@code payloadBytes} says. */
    static byte[] frame(String from, String to, int number, int payloadBytes) {
        byte[] payload = Frames.payload(payloadBytes, number);
        ByteBuffer.wrap(payload).putInt(number);
        return Frames.ethernet(mac(to), mac(from), TYPE_EXPERIMENTAL, payload);
    }

    /** Frames to compare as a set. */
    static Set<String> texts(List<byte[]> frames) {
        Set<String> texts = new HashSet<>();
        frames.forEach(each -> texts.add(Arrays.toString(each)));
        return texts;
    }

    static byte[] broadcast(String from, int number) {
        byte[] payload = ByteBuffer.allocate(46).putInt(number).array();
        return Frames.ethernet(BROADCAST, mac(from), TYPE_EXPERIMENTAL, payload);
    }
}
