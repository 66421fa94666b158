package dev.culvert.ethernet;

import static dev.culvert.ethernet.SwitchVerdict.INBOUND_MALFORMED;
import static dev.culvert.ethernet.SwitchVerdict.NO_PEER;
import static dev.culvert.ethernet.SwitchVerdict.OUTBOUND_MALFORMED;
import static dev.culvert.ethernet.SwitchVerdict.TO_DEVICE;
import static dev.culvert.ethernet.SwitchVerdict.UNICAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.culvert.testkit.Frames;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketRouterTest {
    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    private static final int INDEX = 4;
    private static final int PADDING = 15;

    private final PacketRouter<String> router = new PacketRouter<>(allowedIps());

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "10.8.0.2,    alice, her prefix",
        "10.8.0.3,    bob,   the wider prefix",
        "fd00:8::2,   alice, her prefix",
        "fd00:8::3,   bob,   the wider prefix",
    })
    void packetFromTheTunGoesToTheOwnerOfItsDestination(String destination, String owner, String because) {
        assertThat(fromTun(sourceLike(destination), destination)).as(because).isEqualTo(UNICAST);
        assertThat(router.destination()).isEqualTo(owner);
    }

    @Test
    void packetForNobodyIsDropped() {
        assertThat(fromTun("10.8.0.1", "10.9.0.1")).isEqualTo(NO_PEER);
        assertThat(fromTun("fd00:8::1", "ff02::1")).isEqualTo(NO_PEER);
        assertThatIllegalStateException().isThrownBy(router::destination);
    }

    @ParameterizedTest(name = "{0} from {1}: {3}")
    @CsvSource({
        "10.8.0.2,  alice, TO_DEVICE,          her prefix",
        "10.8.0.2,  bob,   SOURCE_NOT_ALLOWED, hers though his contains it",
        "10.8.0.3,  bob,   TO_DEVICE,          his prefix",
        "10.8.0.3,  alice, SOURCE_NOT_ALLOWED, his prefix",
        "10.9.0.1,  alice, SOURCE_NOT_ALLOWED, nobody's",
        "fd00:8::2, alice, TO_DEVICE,          her prefix",
        "fd00:8::2, bob,   SOURCE_NOT_ALLOWED, hers",
    })
    void packetFromAPeerHasASourceOfThatPeer(String source, String peer, SwitchVerdict verdict, String because) {
        byte[] bytes = Frames.udp(source, 1, sourceLike(source), 2, new byte[8]);
        assertThat(fromPeer(peer, bytes, bytes.length)).as(because).isEqualTo(verdict);
    }

    @Test
    void paddingOfWireGuardIsNoFault() {
        byte[] bytes = Frames.udp("10.8.0.2", 1, "10.8.0.1", 2, new byte[8]);
        assertThat(fromPeer(ALICE, bytes, bytes.length + PADDING)).isEqualTo(TO_DEVICE);
    }

    @Test
    void packetCutShortIsMalformed() {
        byte[] bytes = Frames.udp("10.8.0.2", 1, "10.8.0.3", 2, new byte[8]);
        assertThat(fromPeer(ALICE, bytes, bytes.length - 1)).isEqualTo(INBOUND_MALFORMED);
        assertThat(fromPeer(ALICE, bytes, 0)).isEqualTo(INBOUND_MALFORMED);
        ByteBuf packet = Frames.buffer(bytes);
        try {
            assertThat(router.onPacketFromTun(packet, 0, bytes.length - 1)).isEqualTo(OUTBOUND_MALFORMED);
        } finally {
            packet.release();
        }
    }

    private static AllowedIps<String> allowedIps() {
        AllowedIps.Builder<String> builder = AllowedIps.builder();
        builder.add(IpPrefix.parse("10.8.0.2/32"), ALICE);
        builder.add(IpPrefix.parse("10.8.0.0/24"), BOB);
        builder.add(IpPrefix.parse("fd00:8::2/128"), ALICE);
        builder.add(IpPrefix.parse("fd00:8::/64"), BOB);
        return builder.build();
    }

    private static String sourceLike(String address) {
        return address.contains(":") ? "fd00:8::1" : "10.8.0.1";
    }

    private SwitchVerdict fromTun(String source, String destination) {
        byte[] bytes = Frames.echoRequest(source, destination, 1, 1, new byte[8]);
        ByteBuf packet = Frames.bufferAt(INDEX, bytes);
        try {
            return router.onPacketFromTun(packet, INDEX, bytes.length);
        } finally {
            packet.release();
        }
    }

    private SwitchVerdict fromPeer(String peer, byte[] bytes, int length) {
        ByteBuf packet = Frames.bufferAt(INDEX, bytes);
        try {
            packet.writeZero(PADDING);
            return router.onPacketFromPeer(peer, packet, INDEX, length);
        } finally {
            packet.release();
        }
    }
}
