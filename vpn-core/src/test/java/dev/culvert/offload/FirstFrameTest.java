package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.offload.CoalesceRun.Written;
import dev.culvert.testkit.TestPacket;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FirstFrameTest {
    private static final int SIZE = 100;

    /** Each difference is one that a super-frame could not give back. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatDiffersStaysApart(String difference, TestPacket whole, Consumer<TestPacket> change) {
        TestPacket first = whole.cut(SIZE).getFirst();
        TestPacket second = whole.cut(SIZE).get(1).with(change);

        try (CoalesceRun run = new CoalesceRun(true)) {
            run.add(first.partialFrame(), true);
            run.add(second.partialFrame(), true);

            assertThat(run.flush().stream().map(Written::frame))
                    .as(difference)
                    .containsExactly(first.partialFrame(), second.partialFrame());
            assertThat(run.written()).extracting(Written::pieces).containsOnly(1);
        }
    }

    static Stream<Arguments> whatDiffersStaysApart() {
        TestPacket v4 = TestPacket.ipv4().with(packet -> {
            packet.payload = new byte[3 * SIZE];
            packet.vlanTypes = List.of(EthernetHeader.TYPE_VLAN);
            packet.ipOptions = new byte[] {1, 1, 1, 1};
            packet.tcpOptions = new byte[] {1, 1, 1, 1};
        });
        TestPacket v6 = TestPacket.ipv6().with(packet -> {
            packet.payload = new byte[3 * SIZE];
            packet.extensions = List.of(0);
        });
        TestPacket fragmentable = v4.with(packet -> packet.dontFragment = false);
        return Stream.of(
                differs("destination MAC", v4, it -> it.destinationMac = "02:00:00:00:00:03"),
                differs("source MAC", v4, it -> it.sourceMac = "02:00:00:00:00:03"),
                differs("VLAN", v4, it -> it.vlanId = 8),
                differs("kind of VLAN", v4, it -> it.vlanTypes = List.of(EthernetHeader.TYPE_SERVICE_VLAN)),
                differs("no VLAN", v4, it -> it.vlanTypes = List.of()),
                differs("TOS", v4, it -> it.trafficClass = 1),
                differs("TTL", v4, it -> it.hopLimit = 63),
                differs("DF", v4, it -> it.dontFragment = false),
                differs("id of what may be fragmented", fragmentable, it -> it.id++),
                differs("IP options", v4, it -> it.ipOptions = new byte[] {1, 1, 1, 0}),
                differs("length of IP options", v4, it -> it.ipOptions = new byte[0]),
                differs("traffic class", v6, it -> it.trafficClass = 1),
                differs("flow label", v6, it -> it.flowLabel++),
                differs("hop limit", v6, it -> it.hopLimit = 63),
                differs("extension header", v6, it -> it.extensions = List.of(60)),
                differs("number of extension headers", v6, it -> it.extensions = List.of()),
                differs("address", v4, it -> it.source = new byte[] {10, 0, 0, 3}),
                differs("port", v4, it -> it.sourcePort++),
                differs("protocol", v4, it -> it.tcp = false),
                differs("a hole in the sequence", v4, it -> it.sequence++),
                differs("an old segment", v4, it -> it.sequence -= SIZE),
                differs("ACK number", v4, it -> it.acknowledgment++),
                differs("window", v4, it -> it.window++),
                differs("urgent pointer", v4, it -> it.urgent++),
                differs("TCP options", v4, it -> it.tcpOptions = new byte[] {1, 1, 1, 0}),
                differs("length of TCP options", v4, it -> it.tcpOptions = new byte[0]),
                differs("ECE", v4, it -> it.flags |= TestPacket.ECE),
                differs("AE", v4, it -> it.flags |= TestPacket.AE),
                differs("CWR after the first", v4, it -> it.flags |= TestPacket.CWR),
                differs("CWR on both", v4.with(it -> it.flags |= TestPacket.CWR), it -> it.flags |= TestPacket.CWR),
                differs("SYN", v4, it -> it.flags |= TestPacket.SYN),
                differs("RST", v4, it -> it.flags |= TestPacket.RST),
                differs("URG", v4, it -> it.flags |= TestPacket.URG),
                differs("no ACK", v4, it -> it.flags = 0),
                differs("longer than the first", v4, it -> it.payload = new byte[SIZE + 1]),
                differs("an ACK without data", v4, it -> it.payload = new byte[0]));
    }

    private static Arguments differs(String what, TestPacket whole, Consumer<TestPacket> change) {
        return Arguments.of(what, whole, change);
    }
}
