package dev.culvert.offload;

import static dev.culvert.offload.CoalesceVerdict.ACCEPTED;
import static dev.culvert.offload.CoalesceVerdict.NO_PARTIAL_CHECKSUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.offload.CoalesceRun.Written;
import dev.culvert.testkit.Allocation;
import dev.culvert.testkit.Frames;
import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

    /** Both are right; but cutting writes 0, never 0xffff. */
    @Test
    void aHeaderChecksumOfOnesIsNotMadeZero() {
        TestPacket second = IntStream.rangeClosed(0, 0xffff)
                .mapToObj(id -> tcp.cut(SIZE).get(1).with(it -> it.id = id))
                .filter(it -> it.partialFrame()[V4_CHECKSUM] == 0 && it.partialFrame()[V4_CHECKSUM + 1] == 0)
                .findFirst()
                .orElseThrow();
        byte[] ones = second.partialFrame();
        ones[V4_CHECKSUM] = -1;
        ones[V4_CHECKSUM + 1] = -1;
        add(tcp.cut(SIZE).getFirst());
        run.add(ones, true);

        assertThat(run.flush()).extracting(Written::pieces).containsExactly(1, 1);
        assertThat(run.written().get(1).frame()).isEqualTo(ones);
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

    /** Its buffer may be another's by the time of the next flush. */
    @Test
    void whatTheDeviceFailedToTakeIsNotTriedAgain() {
        int[] tried = new int[1];
        FrameCoalescer coalescer = new FrameCoalescer(
                _ -> {
                    tried[0]++;
                    throw new IllegalStateException("the device");
                },
                true);
        byte[] segment = tcp.partialFrame();
        ByteBuf buffer = Unpooled.directBuffer().writeZero(18).writeBytes(segment);
        try {
            coalescer.add(buffer, 18, segment.length, true);

            assertThatThrownBy(coalescer::flush).isInstanceOf(IllegalStateException.class);
            coalescer.flush();
            assertThat(tried[0]).isEqualTo(1);
        } finally {
            buffer.release();
        }
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
                for (int round = 0; round < 4_000; round++) {
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
            assertThat(written[0]).isEqualTo(2 * 30 * 4_000);
            assertThat(bytes).as("less than one a super-frame").isLessThan(4_000);
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
