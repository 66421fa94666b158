package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapOffload;
import dev.culvert.device.io.Readiness;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.device.linux.TestNetns;
import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.offload.CoalesceRun.Written;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel cuts the same super-frames:
 *
 * <pre>
 *   this test --write--> in0 (virtio header) --- br0 --- out0 (no offloads) --read--> this test
 * </pre>
 *
 * <p>A bridge carries a super-frame whole, and {@code out0} takes only frames with complete checksums, so the kernel cuts and sums
 * on the way.
 */
@RequiresRoot
class KernelSegmentationTest {
    private static final int MTU = 9_000;
    private static final int MAX_FRAME = 70_000;
    private static final int PATIENCE_MILLIS = 5_000;
    /** Before Linux 6.9 (linux/udp.h: UDP_MAX_SEGMENTS). */
    private static final int MAX_DATAGRAMS = 64;
    /** Nobody else's, so that what the kernel says of itself is told apart. */
    private static final String MAC = "02:00:00:00:00:02";

    private final TestNetns netns = new TestNetns();
    private final ByteBuf buffer = Unpooled.directBuffer(MAX_FRAME + 100);
    private TapDevice in;
    private TapDevice out;

    @BeforeEach
    void build() throws Exception {
        netns.ip("link add br0 type bridge mcast_snooping 0");
        netns.ip("link set br0 mtu " + MTU + " up");
        in = open("in0", EnumSet.allOf(TapOffload.class));
        out = open("out0", Set.of());
    }

    @AfterEach
    void cleanUp() {
        in.close();
        out.close();
        buffer.release();
        netns.close();
    }

    private TapDevice open(String name, Set<TapOffload> offloads) throws Exception {
        DeviceSpec spec = new DeviceSpec(name, TapMode.TAP, MTU, 1_000, List.of(), Optional.of("br0"), List.of());
        return netns.call(() -> LinuxTapDevice.open(spec.withOffloads(offloads)));
    }

    @Test
    void theKernelCutsWhatThisTestSays() throws Exception {
        TestPacket whole = TestPacket.ipv4().with(packet -> packet.payload = new byte[3_000]);

        write(Virtio.gso(whole, 1_000), whole.partialFrame());

        assertThat(read(3))
                .containsExactlyElementsOf(
                        whole.cut(1_000).stream().map(TestPacket::frame).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSplitterCutsAsTheKernel(long seed) throws Exception {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        FrameSplitter splitter = new FrameSplitter();
        for (int i = 0; i < 200; i++) {
            TestPacket whole = superPacket(random, packets);
            int gsoSize = gsoSize(random, whole);
            // The kernel drops a super-frame of one segment (tcp_gso_segment: skb->len <= mss), and never makes one.
            boolean several = whole.payload.length > gsoSize;
            byte[] virtio = several ? Virtio.gso(whole, gsoSize) : Virtio.needsChecksum(whole);
            List<byte[]> ours = new ArrayList<>();
            SplitRun.of(splitter, virtio, whole.partialFrame(), MAX_FRAME)
                    .cuts()
                    .forEach(cut -> ours.add(completed(cut.frame())));

            write(virtio, whole.partialFrame());

            assertSame(read(ours.size()), ours, whole, "seed %d, flow %d".formatted(seed, i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void theKernelTakesWhatTheCoalescerMakesAndCutsItAsItCame(long seed) throws Exception {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        try (CoalesceRun run = new CoalesceRun(takesUdp())) {
            for (int i = 0; i < 200; i++) {
                TestPacket whole = superPacket(random, packets);
                List<TestPacket> sent = whole.cut(gsoSize(random, whole));
                sent.forEach(segment -> run.add(segment.partialFrame(), true));

                for (Written written : run.flush()) {
                    write(written.virtio(), written.frame());
                }

                run.written().clear();
                List<byte[]> expected = sent.stream().map(TestPacket::frame).toList();
                assertSame(read(expected.size()), expected, whole, "seed %d, flow %d".formatted(seed, i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8})
    void theKernelCutsIntoTheSmallestSegments(int gsoSize) throws Exception {
        TestPacket whole = TestPacket.ipv6().with(packet -> packet.payload = new byte[GatheredFrame.MAX_PIECES]);
        List<TestPacket> sent = whole.cut(gsoSize);
        try (CoalesceRun run = new CoalesceRun(true)) {
            sent.forEach(segment -> run.add(segment.partialFrame(), true));
            assertThat(run.flush()).hasSize(1);

            write(run.written().getFirst().virtio(), run.written().getFirst().frame());

            assertThat(read(sent.size()))
                    .containsExactlyElementsOf(
                            sent.stream().map(TestPacket::frame).toList());
        }
    }

    /** A refused write would be the peer's doing, and a lane may take it for the end of the device. */
    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void theKernelRefusesNothingThatAPeerCanMakeOfTheCoalescer(long seed) throws Exception {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        int joined = 0;
        try (CoalesceRun run = new CoalesceRun(takesUdp())) {
            for (int i = 0; i < 2_000; i++) {
                TestPacket whole = packets.superPacket(1_000);
                for (TestPacket segment : whole.cut(1 + random.nextInt(300))) {
                    boolean partial = random.nextInt(8) > 0;
                    byte[] frame = partial ? segment.partialFrame() : segment.frame();
                    byte[] sent = random.nextInt(4) > 0 ? frame : HostileOffloadFuzzTest.damaged(random, frame, 90);
                    if (sent.length >= EthernetHeader.LENGTH) {
                        run.add(sent, partial);
                    }
                }
                for (Written written : run.flush()) {
                    write(written.virtio(), written.frame());
                    joined += written.pieces() - 1;
                }
                run.written().clear();
            }
        }
        assertThat(joined).as("seed %d", seed).isGreaterThan(2_000);
    }

    private TestPacket superPacket(Random random, RandomPackets packets) {
        TestPacket whole = packets.superPacket(random.nextInt(8) == 0 ? 65_000 : 9_000);
        return whole.tcp || takesUdp() ? whole : whole.with(packet -> packet.tcp = true);
    }

    private boolean takesUdp() {
        return in.offloads().granted().contains(TapOffload.USO4);
    }

    private static int gsoSize(Random random, TestPacket whole) {
        int smallest = Math.ceilDiv(whole.payload.length, MAX_DATAGRAMS);
        return Math.max(smallest, 20 + random.nextInt(1_400));
    }

    private void write(byte[] virtio, byte[] frame) throws IOException {
        buffer.clear().writeBytes(virtio).writeBytes(frame);
        assertThat(in.queue().write(buffer, 0, buffer.readableBytes()))
                .as("the kernel takes the frame")
                .isTrue();
    }

    private List<byte[]> read(int count) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < count) {
            assertThat(Readiness.await(out.queue().fileDescriptor(), PATIENCE_MILLIS))
                    .as("frame %d of %d", frames.size(), count)
                    .isTrue();
            int length = out.queue().read(buffer.clear());
            byte[] frame = ByteBufUtil.getBytes(buffer, 0, length);
            if (length > 6 && ByteBufUtil.hexDump(frame, 0, 6).equals(MAC.replace(":", ""))) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static byte[] completed(byte[] frame) {
        assertThat(new PartialChecksum().tryComplete(Unpooled.wrappedBuffer(frame), 0, frame.length))
                .isTrue();
        return frame;
    }

    private static void assertSame(List<byte[]> kernels, List<byte[]> ours, TestPacket whole, String what) {
        assertThat(ours).as(what).hasSameSizeAs(kernels);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(normal(ours.get(i), whole))
                    .as("%s, segment %d", what, i)
                    .isEqualTo(normal(kernels.get(i), whole));
        }
    }

    /** A TCP checksum of 0 and one of 0xffff are the same; which is written depends on where the kernel sums. */
    private static byte[] normal(byte[] frame, TestPacket whole) {
        int at = whole.checksumStart() + whole.checksumOffset();
        if (!whole.tcp || frame[at] != 0 || frame[at + 1] != 0) {
            return frame;
        }
        byte[] normal = Arrays.copyOf(frame, frame.length);
        normal[at] = -1;
        normal[at + 1] = -1;
        return normal;
    }
}
