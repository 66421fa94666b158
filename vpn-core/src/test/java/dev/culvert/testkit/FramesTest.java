package dev.culvert.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {
    private static final short VALID = 0; // a sum over data and its own checksum

    @Test
    void checksumIsThatOfTheExampleInRfc1071() {
        // RFC 1071, section 3: 00 01 f2 03 f4 f5 f6 f7 sums up to ddf2
        byte[] example = HexFormat.of().parseHex("0001f203f4f5f6f7");
        assertThat(Frames.checksum(0, example)).isEqualTo((short) ~0xddf2);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, 10.0.0.2, 20", "fd00::1, fd00::2, 40"})
    void udpCarriesItsChecksum(String source, String destination, int headerBytes) {
        byte[] packet = Frames.udp(source, 1000, destination, 2000, Frames.payload(33, 1));

        byte[] datagram = Arrays.copyOfRange(packet, headerBytes, packet.length);
        long pseudo = Frames.pseudoHeader(source, destination, 17, datagram.length);
        assertThat(Frames.checksum(pseudo, datagram)).isEqualTo(VALID);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, 10.0.0.2, 20, 8, 0", "fd00::1, fd00::2, 40, 128, 58"})
    void echoCarriesItsChecksum(String source, String destination, int headerBytes, int type, int protocol) {
        byte[] packet = Frames.echoRequest(source, destination, 7, 1, Frames.payload(32, 2));

        byte[] message = Arrays.copyOfRange(packet, headerBytes, packet.length);
        long pseudo = protocol == 0 ? 0 : Frames.pseudoHeader(source, destination, protocol, message.length);
        assertThat(message[0] & 0xff).isEqualTo(type);
        assertThat(Frames.checksum(pseudo, message)).isEqualTo(VALID);
    }

    @Test
    void ipv4HeaderCarriesItsChecksum() {
        byte[] packet = Frames.udp("192.0.2.1", 1, "192.0.2.2", 2, new byte[0]);
        assertThat(Frames.checksum(0, Arrays.copyOf(packet, 20))).isEqualTo(VALID);
    }

    @Test
    void arpRequestIsBroadcastAndAsksForTheTarget() {
        byte[] frame = Frames.arpRequest("02:00:00:00:00:01", "10.0.0.1", "10.0.0.2");
        assertThat(HexFormat.of().formatHex(frame))
                .isEqualTo("ffffffffffff" + "020000000001" + "0806" + "0001080006040001" + "020000000001" + "0a000001"
                        + "000000000000" + "0a000002");
    }
}
