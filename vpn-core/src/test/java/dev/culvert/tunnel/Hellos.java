package dev.culvert.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.SimulatedNetwork.Datagram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What tests of the second cipher look at in common. */
final class Hellos {
    /** Header, hello, tag: no frame of these tests is as short, no keepalive as long. */
    private static final int DATAGRAM_BYTES = 16 + 16 + 16;

    private Hellos() {}

    static boolean isHello(Datagram datagram) {
        return datagram.type() == 4 && datagram.bytes().length == DATAGRAM_BYTES;
    }

    /** Of a transport message; of a handshake message the sender index, which stands at the same place. */
    static int receiverIndex(byte[] message) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    }

    /** By both ends. */
    static void assertSealedWith(SimulatedPair world, String cipher) {
        assertThat(world.tunnel("a").peer("b").cipher().orElseThrow().name()).isEqualTo(cipher);
        assertThat(world.tunnel("b").peer("a").cipher().orElseThrow().name()).isEqualTo(cipher);
    }
}
