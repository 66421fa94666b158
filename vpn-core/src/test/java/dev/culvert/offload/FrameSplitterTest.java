package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.offload.SplitRun.Cut;
import dev.culvert.testkit.Allocation;
import dev.culvert.testkit.Frames;
import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameSplitterTest {
    private static final int GSO_SIZE = 100;
    private static final int MTU_FRAME = 1_514;
    private static final int TCP_FLAGS = 14 + 20 + 13;

    private final FrameSplitter splitter = new FrameSplitter();
    private final TestPacket tcp = TestPacket.ipv4().with(packet -> packet.payload = Frames.payload(250, 1));
    private final TestPacket udp = tcp.with(packet -> packet.tcp = false);

    @Test
    void flagsOfTheEndsStayAtTheEnds() {
        TestPacket packet = tcp.with(it -> it.flags =
                TestPacket.ACK | TestPacket.PSH | TestPacket.FIN | TestPacket.ECE | TestPacket.CWR | TestPacket.URG);

        assertThat(cut(packet).map(frame -> frame[TCP_FLAGS] & 0xff)).containsExactly(0xf0, 0x70, 0x79);
    }

    @Test
    void numbersGoOnAndWrapAround() {
        TestPacket packet = tcp.with(it -> {
            it.id = 0xffff;
            it.sequence = -100;
        });

        List<ByteBuffer> frames = cut(packet).map(ByteBuffer::wrap).toList();

        assertThat(frames).extracting(frame -> frame.getShort(14 + 4) & 0xffff).containsExactly(0xffff, 0, 1);
        assertThat(frames).extracting(frame -> frame.getInt(14 + 20 + 4)).containsExactly(-100, 0, 100);
    }

    @Test
    void datagramsAreNotCutSmallerThanTheyWere() {
        SplitRun run = SplitRun.of(splitter, Virtio.gso(udp, GSO_SIZE), udp.partialFrame(), 120);

        assertThat(run.cuts()).extracting(cut -> cut.frame().length).containsExactly(142, 142, 92);
        assertThat(run.cuts())
                .as("what is longer than the path carries travels in fragments, which have no flag C")
                .extracting(Cut::checksumPartial)
                .containsExactly(false, false, true);
        assertThat(run.cuts().getFirst().frame())
                .isEqualTo(udp.cut(GSO_SIZE).getFirst().frame());
    }

    @Test
    void aSegmentThatIsTooLongIsCutAsASuperFrameWouldBe() {
        TestPacket packet = tcp.with(it -> it.flags |= TestPacket.PSH);

        SplitRun run = SplitRun.of(splitter, Virtio.needsChecksum(packet), packet.partialFrame(), 54 + 200);

        assertThat(run.verdict()).isEqualTo(SplitVerdict.CUT);
        assertThat(run.cuts().stream().map(Cut::frame))
                .containsExactlyElementsOf(
                        packet.cut(200).stream().map(TestPacket::partialFrame).toList());
    }

    /** A second packet of the host's own may have the identification that cutting would use. */
    @Test
    void aSegmentThatIsTooLongAndMayBeFragmentedStaysWhole() {
        TestPacket packet = tcp.with(it -> it.dontFragment = false);

        SplitRun run = SplitRun.of(splitter, Virtio.needsChecksum(packet), packet.partialFrame(), 54 + 200);

        assertThat(run.verdict()).isEqualTo(SplitVerdict.WHOLE);
        assertThat(run.cuts().getFirst().frame()).isEqualTo(packet.frame());
        assertThat(run.cuts().getFirst().checksumPartial()).isFalse();
    }

    /** A super-frame never has one: the kernel makes none for a socket that signs. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aSegmentThatIsTooLongAndSignedStaysWhole(String because, byte[] options) {
        TestPacket packet = tcp.with(it -> it.tcpOptions = options);

        SplitRun run = SplitRun.of(splitter, Virtio.needsChecksum(packet), packet.partialFrame(), 54 + 200);

        assertThat(run.verdict()).as(because).isEqualTo(SplitVerdict.WHOLE);
        assertThat(run.cuts().getFirst().frame()).isEqualTo(packet.frame());
    }

    static Stream<Arguments> aSegmentThatIsTooLongAndSignedStaysWhole() {
        return Stream.of(
                Arguments.of("MD5 (RFC 2385)", options(1, 1, 19, 18, new byte[16])),
                Arguments.of("TCP-AO (RFC 5925)", options(29, 16, 1, 1, new byte[12])),
                Arguments.of("TCP-AO behind timestamps", options(8, 10, 0, 19, new byte[6], 29, 10, new byte[8])),
                Arguments.of("an option without end", options(8, 0, 19, 18)),
                Arguments.of("an option that ends behind the header", options(1, 1, 8, 10)),
                Arguments.of("an option without a length", options(1, 1, 1, 8)));
    }

    @Test
    void whatLooksLikeASignatureInsideAnotherOptionIsNone() {
        TestPacket packet = tcp.with(it -> it.tcpOptions = options(8, 10, 19, 18, 29, 10, new byte[4], 0, 19));

        SplitRun run = SplitRun.of(splitter, Virtio.needsChecksum(packet), packet.partialFrame(), 66 + 200);

        assertThat(run.verdict()).isEqualTo(SplitVerdict.CUT);
    }

    /** Integers are a byte each. */
    private static byte[] options(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] array) {
                bytes.writeBytes(array);
            } else {
                bytes.write((int) part);
            }
        }
        assertThat(bytes.size() % 4).isZero();
        return bytes.toByteArray();
    }

    @Test
    void aFrameWithNothingToDoPassesUntouched() {
        byte[] frame = Frames.arpRequest("02:00:00:00:00:01", "10.0.0.1", "10.0.0.2");

        SplitRun run = SplitRun.of(splitter, Virtio.NONE, frame, MTU_FRAME);

        assertThat(run.verdict()).isEqualTo(SplitVerdict.WHOLE);
        assertThat(run.cuts()).singleElement().satisfies(cut -> {
            assertThat(cut.frame()).isEqualTo(frame);
            assertThat(cut.checksumPartial()).isFalse();
        });
    }

    @Test
    void aChecksumFoundRightIsNotPartial() {
        SplitRun run = SplitRun.of(splitter, Virtio.header(2, 0, 0, 0, 0, 0), tcp.frame(), MTU_FRAME);

        assertThat(run.cuts().getFirst().checksumPartial()).isFalse();
        assertThat(run.cuts().getFirst().frame()).isEqualTo(tcp.frame());
    }

    /** RFC 768: none was computed. Nor does Culvert invent one. */
    @Test
    void aDatagramWithoutChecksumStaysWithoutOne() {
        byte[] frame = udp.frame();
        frame[udp.checksumStart() + 6] = 0;
        frame[udp.checksumStart() + 7] = 0;

        SplitRun run = SplitRun.of(splitter, Virtio.NONE, frame, 100);

        assertThat(run.cuts().getFirst().frame()).isEqualTo(frame);
        assertThat(run.cuts().getFirst().checksumPartial()).isFalse();
    }

    /** A tunnel in the LAN, VXLAN for one: the kernel has the outer checksum, and leaves the inner one. */
    @Test
    void aChecksumThatTheFarEndWouldNotFindIsCompleted() {
        TestPacket outer = udp.with(it -> it.payload = tcp.partialFrame());
        int start = outer.headerBytes() + tcp.checksumStart();

        SplitRun run = SplitRun.of(splitter, Virtio.header(1, 0, 0, 0, start, 16), outer.frame(), MTU_FRAME);

        assertThat(run.cuts().getFirst().checksumPartial()).isFalse();
        byte[] frame = run.cuts().getFirst().frame();
        assertThat(ByteBuffer.wrap(frame).slice(outer.headerBytes(), tcp.frame().length))
                .isEqualTo(ByteBuffer.wrap(tcp.frame()));
    }

    @Test
    void aPathThatCarriesNoHeaderCarriesNoSegment() {
        byte[] virtio = Virtio.gso(tcp, GSO_SIZE);

        assertThat(SplitRun.of(splitter, virtio, tcp.partialFrame(), 54).verdict())
                .isEqualTo(SplitVerdict.TOO_LONG);
        assertThat(SplitRun.of(splitter, virtio, tcp.partialFrame(), 55).cuts()).hasSize(250);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesWhatContradictsItself(String because, byte[] virtio, byte[] frame) {
        SplitRun run = SplitRun.of(splitter, virtio, frame, MTU_FRAME);

        assertThat(run.verdict()).as(because).isEqualTo(SplitVerdict.MALFORMED);
        assertThat(run.cuts()).isEmpty();
    }

    static Stream<Arguments> refusesWhatContradictsItself() {
        TestPacket tcp = TestPacket.ipv4().with(packet -> packet.payload = new byte[250]);
        TestPacket udp = tcp.with(packet -> packet.tcp = false);
        byte[] frame = tcp.partialFrame();
        byte[] longer = java.util.Arrays.copyOf(frame, frame.length + 1);
        byte[] fragment = frame.clone();
        fragment[14 + 6] = 0x20;
        byte[] noHeader = frame.clone();
        noHeader[14 + 20 + 12] = 0x40;
        return Stream.of(
                Arguments.of("unknown flag", Virtio.header(1 | 4, 1, 54, 100, 34, 16), frame),
                Arguments.of("unknown gso type", Virtio.header(1, 2, 54, 100, 34, 16), frame),
                Arguments.of("UFO, never granted", Virtio.header(1, 3, 42, 100, 34, 6), udp.partialFrame()),
                Arguments.of("ECN bit alone", Virtio.header(1, 0x80, 54, 100, 34, 16), frame),
                Arguments.of("ECN bit on UDP", Virtio.header(1, 0x85, 42, 100, 34, 6), udp.partialFrame()),
                Arguments.of("gso size 0", Virtio.header(1, 1, 54, 0, 34, 16), frame),
                Arguments.of("gso size reserved", Virtio.header(1, 1, 54, 0xffff, 34, 16), frame),
                Arguments.of("gso without checksum", Virtio.header(0, 1, 54, 100, 34, 16), frame),
                Arguments.of("header longer than frame", Virtio.header(1, 1, 305, 100, 34, 16), frame),
                Arguments.of("checksum behind the frame", Virtio.header(1, 0, 54, 0, 34, 269), frame),
                Arguments.of("checksum in the IP header", Virtio.header(1, 0, 54, 0, 14, 10), frame),
                Arguments.of("TCP checksum elsewhere", Virtio.header(1, 1, 54, 100, 34, 18), frame),
                Arguments.of("TCP elsewhere", Virtio.header(1, 1, 54, 100, 36, 16), frame),
                Arguments.of("IPv4 said to be IPv6", Virtio.header(1, 4, 54, 100, 34, 16), frame),
                Arguments.of("TCP said to be UDP", Virtio.header(1, 5, 42, 100, 34, 6), frame),
                Arguments.of("UDP said to be TCP", Virtio.header(1, 1, 54, 100, 34, 16), udp.partialFrame()),
                Arguments.of("bytes behind the packet", Virtio.header(1, 1, 54, 100, 34, 16), longer),
                Arguments.of("an IP fragment", Virtio.header(1, 1, 54, 100, 34, 16), fragment),
                Arguments.of("TCP header of 16 bytes", Virtio.header(1, 1, 54, 100, 34, 16), noHeader),
                Arguments.of(
                        "nothing to cut",
                        Virtio.header(1, 1, 54, 100, 34, 16),
                        tcp.with(it -> it.payload = new byte[0]).partialFrame()),
                Arguments.of("no IP", Virtio.header(1, 1, 54, 100, 34, 16), new byte[100]),
                Arguments.of("no frame", Virtio.NONE, new byte[13]));
    }

    @Test
    void aRefusedFrameLeavesNothingOfTheOneBefore() {
        ByteBuf buffer = Unpooled.directBuffer();
        try {
            buffer.writeBytes(Virtio.gso(tcp, GSO_SIZE)).writeBytes(tcp.partialFrame());
            assertThat(splitter.begin(buffer, 12, buffer.readableBytes() - 12, MTU_FRAME))
                    .isEqualTo(SplitVerdict.CUT);
            assertThat(splitter.next()).isTrue();

            assertThat(splitter.begin(buffer, 12, 13, MTU_FRAME)).isEqualTo(SplitVerdict.MALFORMED);
            assertThat(splitter.next()).isFalse();
        } finally {
            buffer.release();
        }
    }

    @Test
    void allocatesNothing() {
        byte[] superFrame = TestPacket.ipv6()
                .with(packet -> packet.payload = Frames.payload(60_000, 1))
                .partialFrame();
        byte[] virtio = Virtio.header(1, 4, 74, 1_400, 54, 16);
        ByteBuf buffer = Unpooled.directBuffer(70_000);
        try {
            int[] frames = new int[1];
            long bytes = Allocation.bytesOf(() -> {
                for (int i = 0; i < 2_500; i++) {
                    buffer.clear().writeBytes(virtio).writeBytes(superFrame);
                    if (splitter.begin(buffer, 12, superFrame.length, 1_400) == SplitVerdict.CUT) {
                        while (splitter.next()) {
                            frames[0]++;
                        }
                    }
                }
            });
            assertThat(frames[0]).isEqualTo(5_000 * Math.ceilDiv(60_000, 1_400 - 74));
            assertThat(bytes).as("less than one a super-frame").isLessThan(2_500);
        } finally {
            buffer.release();
        }
    }

    private Stream<byte[]> cut(TestPacket packet) {
        SplitRun run = SplitRun.of(splitter, Virtio.gso(packet, GSO_SIZE), packet.partialFrame(), MTU_FRAME);
        assertThat(run.verdict()).isEqualTo(SplitVerdict.CUT);
        return new ArrayList<>(run.cuts()).stream().map(Cut::frame);
    }
}
