package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.offload.SplitRun.Cut;
import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of flows, each cut by the splitter and by the reference. */
class FrameSplitterPropertyTest {
    private static final int FLOWS = 500;

    private final FrameSplitter splitter = new FrameSplitter();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void cutsAsTheReferenceDoes(long seed) {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        int cut = 0;
        for (int i = 0; i < FLOWS; i++) {
            TestPacket packet = packets.superPacket(random.nextInt(8) == 0 ? 65_000 : 5_000);
            int gsoSize = 1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 1_500);
            int maxFrameBytes = packet.headerBytes() + 1 + random.nextInt(1_500);

            SplitRun run = SplitRun.of(splitter, Virtio.gso(packet, gsoSize), packet.partialFrame(), maxFrameBytes);

            String what = "seed %d, flow %d".formatted(seed, i);
            assertThat(run.verdict()).as(what).isEqualTo(SplitVerdict.CUT);
            int segmentBytes = packet.tcp ? Math.min(gsoSize, maxFrameBytes - packet.headerBytes()) : gsoSize;
            assertSame(packet.cut(segmentBytes), maxFrameBytes, run.cuts(), what);
            cut += run.cuts().size();
        }
        assertThat(cut).isGreaterThan(10 * FLOWS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void leavesAloneWhatNeedsNoCutting(long seed) {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        for (int i = 0; i < FLOWS; i++) {
            TestPacket packet = packets.superPacket(1_500).with(it -> it.flags |= TestPacket.SYN); // never cut
            int maxFrameBytes = 600 + random.nextInt(1_000);

            SplitRun run = SplitRun.of(splitter, Virtio.needsChecksum(packet), packet.partialFrame(), maxFrameBytes);

            String what = "seed %d, flow %d".formatted(seed, i);
            assertThat(run.verdict()).as(what).isEqualTo(SplitVerdict.WHOLE);
            assertSame(List.of(packet), maxFrameBytes, run.cuts(), what);
        }
    }

    private static void assertSame(List<TestPacket> expected, int maxFrameBytes, List<Cut> cuts, String what) {
        assertThat(cuts).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < cuts.size(); i++) {
            TestPacket packet = expected.get(i);
            boolean fits = packet.headerBytes() + packet.payload.length <= maxFrameBytes;
            assertThat(cuts.get(i).checksumPartial()).as(what).isEqualTo(fits);
            byte[] frame = fits ? packet.partialFrame() : normal(packet);
            if (!Arrays.equals(cuts.get(i).frame(), frame)) { // a hundred times faster than what describes a difference
                assertThat(cuts.get(i).frame()).as("%s, segment %d", what, i).isEqualTo(frame);
            }
        }
    }

    /** The kernel, and so Culvert, writes a TCP checksum of 0 as 0xffff, which is the same number. */
    private static byte[] normal(TestPacket packet) {
        byte[] frame = packet.frame();
        int at = packet.checksumStart() + packet.checksumOffset();
        if (frame[at] == 0 && frame[at + 1] == 0) {
            frame[at] = -1;
            frame[at + 1] = -1;
        }
        return frame;
    }
}
