package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.culvert.testkit.Allocation;
import dev.culvert.testkit.Frames;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OuterDatagramGuardTest {
    private static final int INDEX = 2;
    private static final int OURS = 51820;
    private static final int THEIRS = 40000;
    private static final String HOST = "02:00:00:00:00:01";
    private static final String ROUTER = "02:00:00:00:00:02";

    private final OuterDatagramGuard guard = new OuterDatagramGuard(
            OURS,
            List.of(
                    new InetSocketAddress("192.0.2.7", THEIRS),
                    new InetSocketAddress("192.0.2.8", OURS),
                    new InetSocketAddress("2001:db8::7", THEIRS)));

    @ParameterizedTest(name = "{0}:{1} -> {2}:{3}: {5}")
    @CsvSource({
        "10.0.0.1,    51820, 192.0.2.7,   40000, true,  from us to a peer",
        "192.0.2.7,   40000, 10.0.0.1,    51820, true,  from a peer to us",
        "10.0.0.1,    51820, 192.0.2.8,   51820, true,  a peer with our own port",
        "fd00::1,     51820, 2001:db8::7, 40000, true,  IPv6 to a peer",
        "2001:db8::7, 40000, fd00::1,     51820, true,  IPv6 from a peer",
        "10.0.0.1,    51821, 192.0.2.7,   40000, false, not our port: another program's",
        "10.0.0.1,    51820, 192.0.2.7,   40001, false, not the peer's port: another program's",
        "10.0.0.1,    51820, 192.0.2.9,   40000, false, not the peer's address",
        "fd00::1,     51820, 2001:db8::8, 40000, false, not the peer's address",
        "192.0.2.7,   40000, 10.0.0.1,    51821, false, not to our port",
        "192.0.2.7,   51820, 10.0.0.1,    40000, false, the ports the wrong way round",
        "10.0.0.1,    40000, 192.0.2.7,   51820, false, the peer is no listener on our port",
    })
    void recognizesUdpBetweenOurPortAndAPeer(
            String source, int sourcePort, String destination, int destinationPort, boolean own, String because) {
        byte[] packet = Frames.udp(source, sourcePort, destination, destinationPort, new byte[32]);
        byte[] frame = Frames.ethernet(ROUTER, HOST, packet);

        assertThat(inPacket(packet)).as(because).isEqualTo(own);
        assertThat(inFrame(frame)).as(because).isEqualTo(own);
        assertThat(inFrame(Frames.serviceVlan(2, Frames.vlan(1, frame))))
                .as(because)
                .isEqualTo(own);
    }

    @Test
    void looksOnlyAtUdp() {
        byte[] tcp = Frames.udp("10.0.0.1", OURS, "192.0.2.7", THEIRS, new byte[32]);
        tcp[IpHeader.V4_PROTOCOL] = IpHeader.PROTOCOL_TCP;
        assertThat(inPacket(tcp)).isFalse();
        assertThat(inFrame(Frames.arpRequest(HOST, "10.0.0.1", "192.0.2.7"))).isFalse();
    }

    @Test
    void looksBehindIpv4Options() {
        byte[] udp = Frames.udp("10.0.0.1", OURS, "192.0.2.7", THEIRS, new byte[32]);
        byte[] body = Arrays.copyOfRange(udp, IpHeader.V4_LENGTH - Integer.BYTES, udp.length); // 4 bytes of options
        byte[] packet = Frames.ip("10.0.0.1", "192.0.2.7", IpHeader.PROTOCOL_UDP, body);
        packet[0] = 0x46;
        assertThat(inPacket(packet)).isTrue();
    }

    @Test
    void laterFragmentHasNoPortsToLookAt() {
        byte[] packet = Frames.udp("10.0.0.1", OURS, "192.0.2.7", THEIRS, new byte[32]);
        packet[IpHeader.V4_FRAGMENT + 1] = 1;
        assertThat(inPacket(packet)).isFalse();
    }

    @Test
    void udpHeaderMustBeThere() {
        byte[] packet = Frames.ip("10.0.0.1", "192.0.2.7", IpHeader.PROTOCOL_UDP, new byte[7]);
        assertThat(inPacket(packet)).isFalse();
    }

    @Test
    void unresolvedRemoteIsAMistakeOfOurs() {
        List<InetSocketAddress> remotes = List.of(InetSocketAddress.createUnresolved("vpn.example.org", OURS));
        assertThatIllegalArgumentException().isThrownBy(() -> new OuterDatagramGuard(OURS, remotes));
    }

    @Test
    void allocatesNothing() {
        byte[] bytes = Frames.ethernet(ROUTER, HOST, Frames.udp("10.0.0.1", OURS, "192.0.2.99", THEIRS, new byte[32]));
        ByteBuf frame = Frames.buffer(bytes);
        try {
            int[] found = new int[1];
            long allocated = Allocation.bytesOf(() -> {
                for (int i = 0; i < 100_000; i++) {
                    found[0] += guard.isOwnDatagram(frame, 0, bytes.length) ? 1 : 0;
                }
            });
            assertThat(found[0]).isZero();
            assertThat(allocated).as("for 100,000 frames").isLessThan(1_024);
        } finally {
            frame.release();
        }
    }

    private boolean inFrame(byte[] bytes) {
        ByteBuf frame = Frames.bufferAt(INDEX, bytes);
        try {
            return guard.isOwnDatagram(frame, INDEX, bytes.length);
        } finally {
            frame.release();
        }
    }

    private boolean inPacket(byte[] bytes) {
        ByteBuf packet = Frames.bufferAt(INDEX, bytes);
        try {
            return guard.isOwnDatagramPacket(packet, INDEX, bytes.length);
        } finally {
            packet.release();
        }
    }
}
