package dev.culvert.offload;

import static dev.culvert.offload.CoalesceVerdict.ACCEPTED;
import static dev.culvert.offload.CoalesceVerdict.NO_PARTIAL_CHECKSUM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.offload.CoalesceRun.Written;
import dev.culvert.testkit.Allocation;
import dev.culvert.testkit.Frames;
import dev.culvert.testkit.TestPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCoalescerTest {
    private static final int SIZE = 100;
    private static final int V4_CHECKSUM = 14 + 10;

    private final CoalesceRun run = new CoalesceRun(true);
    private final TestPacket tcp = TestPacket.ipv4().with(packet -> packet.payload = Frames.payload(3 * SIZE, 1));

    @AfterEach
    void release() {
        run.close();
    }

    @Test
    void threeSegmentsBecomeOneSuperFrame() {
        tcp.cut(SIZE).forEach(this::add);

        assertThat(run.written()).isEmpty();
        assertSuperFrame(run.flush(), tcp, 3);
    }

    @Test
    void aSegmentAloneStaysAsItIs() {
        add(tcp);

        assertThat(run.flush()).singleElement().satisfies(written -> {
            assertThat(written.frame()).isEqualTo(tcp.partialFrame());
            assertThat(written.virtio()).isEqualTo(Virtio.needsChecksum(tcp));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theLastSegmentClosesBeforeTheFlush(String because, TestPacket whole) {
        whole.cut(SIZE).forEach(this::add);

        assertThat(run.written()).as(because).hasSize(1);
        assertSuperFrame(run.flush(), whole, 3);
    }

    static Stream<Arguments> theLastSegmentClosesBeforeTheFlush() {
        TestPacket tcp = TestPacket.ipv4().with(packet -> packet.payload = new byte[3 * SIZE]);
        return Stream.of(
                Arguments.of("PSH", tcp.with(it -> it.flags |= TestPacket.PSH)),
                Arguments.of("FIN", tcp.with(it -> it.flags |= TestPacket.FIN)),
                Arguments.of("a shorter one", tcp.with(it -> it.payload = new byte[3 * SIZE - 1])),
                Arguments.of("a shorter datagram", tcp.with(it -> {
                    it.tcp = false;
                    it.payload = new byte[3 * SIZE - 1];
                })));
    }

    /** Each difference is one that a super-frame could not give back. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatDiffersStaysApart(String difference, TestPacket whole, Consumer<TestPacket> change) {
        TestPacket first = whole.cut(SIZE).getFirst();
        TestPacket second = whole.cut(SIZE).get(1).with(change);

        add(first);
        add(second);

        assertThat(run.flush().stream().map(Written::frame))
                .as(difference)
                .containsExactly(first.partialFrame(), second.partialFrame());
        assertThat(run.written()).extracting(Written::pieces).containsOnly(1);
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

    /** RFC 6864: many hosts send 0 in all of them. */
    @Test
    void theIdOfWhatMayNotBeFragmentedMeansNothing() {
        tcp.cut(SIZE).stream().map(segment -> segment.with(it -> it.id = 0)).forEach(this::add);

        assertSuperFrame(run.flush(), tcp.with(it -> it.id = 0), 3);
    }

    @Test
    void theFirstAloneMayHaveCwr() {
        TestPacket whole = tcp.with(it -> it.flags |= TestPacket.CWR);
        whole.cut(SIZE).forEach(this::add);

        assertSuperFrame(run.flush(), whole, 3);
    }

    @Test
    void aCompleteChecksumIsLeftForTheKernelToCheck() {
        run.add(tcp.cut(SIZE).get(0).partialFrame(), true);
        run.add(tcp.cut(SIZE).get(1).frame(), false);
        run.add(tcp.cut(SIZE).get(2).partialFrame(), true);

        assertThat(run.flush()).extracting(Written::pieces).containsExactly(1, 1, 1);
        assertThat(run.written().get(1).virtio()).isEqualTo(Virtio.NONE);
        assertThat(run.written().get(1).frame()).isEqualTo(tcp.cut(SIZE).get(1).frame());
    }

    @Test
    void aDamagedIpHeaderIsNotRepaired() {
        byte[] damaged = tcp.cut(SIZE).get(1).partialFrame();
        damaged[V4_CHECKSUM]++;
        add(tcp.cut(SIZE).getFirst());
        run.add(damaged, true);

        assertThat(run.flush()).extracting(Written::pieces).containsExactly(1, 1);
        assertThat(run.written().get(1).frame()).isEqualTo(damaged);
    }

    @Test
    void aPartialChecksumOfOtherAddressesIsNotRepaired() {
        byte[] damaged = tcp.cut(SIZE).get(1).partialFrame();
        damaged[tcp.checksumStart() + 16]++;
        add(tcp.cut(SIZE).getFirst());
        run.add(damaged, true);

        assertThat(run.flush()).extracting(Written::pieces).containsExactly(1, 1);
        assertThat(run.written().get(1).frame()).isEqualTo(damaged);
    }

    @Test
    void paddingStandsAlone() {
        byte[] padded = java.util.Arrays.copyOf(tcp.cut(SIZE).get(1).partialFrame(), SIZE + 60);
        add(tcp.cut(SIZE).getFirst());
        run.add(padded, true);

        assertThat(run.flush()).extracting(Written::pieces).containsExactly(1, 1);
        assertThat(run.written().get(1).frame()).isEqualTo(padded);
    }

    @Test
    void aPartialChecksumWithoutTcpOrUdpIsNotDelivered() {
        byte[] arp = Frames.arpRequest("02:00:00:00:00:01", "10.0.0.1", "10.0.0.2");
        byte[] fragment = tcp.partialFrame();
        fragment[14 + 6] = 0x20;

        assertThat(run.add(arp, true)).isEqualTo(NO_PARTIAL_CHECKSUM);
        assertThat(run.add(fragment, true)).isEqualTo(NO_PARTIAL_CHECKSUM);
        assertThat(run.add(new byte[13], true)).isEqualTo(NO_PARTIAL_CHECKSUM);
        assertThat(run.flush()).isEmpty();
    }

    @Test
    void aFragmentOvertakesNothingAndOtherProtocolsMay() {
        byte[] fragment = tcp.frame();
        fragment[14 + 6] = 0x20;
        byte[] arp = Frames.arpRequest("02:00:00:00:00:01", "10.0.0.1", "10.0.0.2");
        add(tcp.cut(SIZE).getFirst());

        assertThat(run.add(arp, false)).isEqualTo(ACCEPTED);
        assertThat(run.written()).extracting(Written::frame).containsExactly(arp);
        assertThat(run.add(fragment, false)).isEqualTo(ACCEPTED);
        assertThat(run.written())
                .extracting(Written::frame)
                .containsExactly(arp, tcp.cut(SIZE).getFirst().partialFrame(), fragment);
    }

    @Test
    void flowsInterleave() {
        TestPacket other = TestPacket.ipv6().with(packet -> packet.payload = Frames.payload(3 * SIZE, 2));
        for (int i = 0; i < 3; i++) {
            add(tcp.cut(SIZE).get(i));
            add(other.cut(SIZE).get(i));
        }

        assertThat(run.flush()).extracting(Written::frame).containsExactly(tcp.partialFrame(), other.partialFrame());
    }

    @Test
    void oneFlowMoreThanThereArePlacesLosesNothing() {
        List<TestPacket> flows = new ArrayList<>();
        for (int i = 0; i <= FrameCoalescer.FLOWS; i++) {
            int port = 1_000 + i;
            flows.add(tcp.with(it -> it.sourcePort = port));
        }
        flows.forEach(flow -> add(flow.cut(SIZE).getFirst()));

        assertThat(run.written()).hasSize(1);
        assertThat(run.flush())
                .extracting(Written::frame)
                .containsExactlyInAnyOrderElementsOf(flows.stream()
                        .map(flow -> flow.cut(SIZE).getFirst().partialFrame())
                        .toList());
    }

    @Test
    void datagramsStayApartWhereTheDeviceTakesNoSuperFramesOfThem() {
        TestPacket udp = tcp.with(it -> it.tcp = false);
        try (CoalesceRun without = new CoalesceRun(false)) {
            udp.cut(SIZE).forEach(segment -> without.add(segment.partialFrame(), true));

            assertThat(without.flush()).extracting(Written::pieces).containsExactly(1, 1, 1);
        }
    }

    @Test
    void aSuperFrameOfOneByteSegmentsIsNoLongerThanItsPieces() {
        TestPacket whole = tcp.with(it -> it.payload = Frames.payload(GatheredFrame.MAX_PIECES + 6, 1));
        whole.cut(1).forEach(this::add);

        assertThat(run.flush()).extracting(Written::pieces).containsExactly(GatheredFrame.MAX_PIECES, 6);
    }

    @Test
    void aSuperFrameIsNoLongerThanAPacketCanBe() {
        int segmentBytes = 2_000;
        int headerBytes = 54;
        int fitting = (JoinRules.MAX_FRAME_BYTES - headerBytes) / segmentBytes;
        TestPacket whole = tcp.with(it -> it.payload = Frames.payload((fitting + 2) * segmentBytes, 1));
        whole.cut(segmentBytes).forEach(this::add);

        assertThat(run.flush()).extracting(Written::pieces).containsExactly(fitting, 2);
        assertThat(run.written().getFirst().frame()).hasSize(headerBytes + fitting * segmentBytes);
    }

    @Test
    void allocatesNothing() {
        ByteBuf buffer = Unpooled.directBuffer(70_000);
        try {
            List<byte[]> segments = tcp.with(it -> it.payload = Frames.payload(30 * 1_000, 1)).cut(1_000).stream()
                    .map(TestPacket::partialFrame)
                    .toList();
            int[] written = new int[1];
            FrameCoalescer coalescer = new FrameCoalescer(frame -> written[0] += frame.pieces(), true);
            long bytes = Allocation.bytesOf(() -> {
                for (int round = 0; round < 1_000; round++) {
                    buffer.clear();
                    for (int i = 0; i < segments.size(); i++) {
                        byte[] segment = segments.get(i);
                        int index = buffer.writeZero(18).writerIndex();
                        buffer.writeBytes(segment);
                        coalescer.add(buffer, index, segment.length, true);
                    }
                    coalescer.flush();
                }
            });
            assertThat(written[0]).isEqualTo(2 * 30 * 1_000);
            assertThat(bytes).isLessThan(1_000);
        } finally {
            buffer.release();
        }
    }

    private void add(TestPacket segment) {
        assertThat(run.add(segment.partialFrame(), true)).isEqualTo(ACCEPTED);
    }

    private static void assertSuperFrame(List<Written> all, TestPacket whole, int pieces) {
        assertThat(all).singleElement().satisfies(written -> {
            assertThat(written.frame()).isEqualTo(whole.partialFrame());
            assertThat(written.virtio()).isEqualTo(Virtio.gso(whole, SIZE));
            assertThat(written.pieces()).isEqualTo(pieces);
        });
    }
}
