package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.offload.CoalesceRun.Written;
import dev.culvert.offload.SplitRun.Cut;
import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of flows, cut, sent on, and joined again. */
class CoalescerPropertyTest {
    private static final int MAX_FRAME = 70_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void joiningUndoesCutting(long seed) {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        FrameSplitter splitter = new FrameSplitter();
        try (CoalesceRun run = new CoalesceRun(true)) {
            for (int i = 0; i < 400; i++) {
                TestPacket whole = packets.superPacket(random.nextInt(8) == 0 ? 65_000 : 5_000);
                int longest = Math.ceilDiv(whole.payload.length, GatheredFrame.MAX_PIECES);
                int gsoSize = longest + random.nextInt(1_500);
                byte[] virtio = Virtio.gso(whole, gsoSize);
                SplitRun cut = SplitRun.of(splitter, virtio, whole.partialFrame(), MAX_FRAME);
                cut.cuts().forEach(each -> run.add(each.frame(), each.checksumPartial()));

                List<Written> written = run.flush();

                String what = "seed %d, flow %d".formatted(seed, i);
                boolean several = cut.cuts().size() > 1;
                assertThat(written).as(what).hasSize(1);
                assertThat(written.getFirst().frame()).as(what).isEqualTo(whole.partialFrame());
                assertThat(written.getFirst().virtio())
                        .as(what)
                        .isEqualTo(several ? virtio : Virtio.needsChecksum(whole));
                written.clear();
            }
        }
    }

    /** With losses, repetitions, changes of every kind and more flows than places: what arrives is what was sent. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverComesIsDeliveredInTheOrderOfItsFlow(long seed) {
        Random random = new Random(seed);
        int pieces = 0;
        int frames = 0;
        for (int round = 0; round < 60; round++) {
            List<List<Sent>> flows = flows(random, 1 + random.nextInt(12));
            String what = "seed %d, round %d".formatted(seed, round);
            try (CoalesceRun run = new CoalesceRun(random.nextInt(4) > 0)) {
                for (Sent next : interleaved(random, flows)) {
                    assertThat(run.add(next.bytes(), next.partial)).isEqualTo(CoalesceVerdict.ACCEPTED);
                }
                List<Written> written = run.flush();
                for (int flow = 0; flow < flows.size(); flow++) {
                    assertSame(flows.get(flow), cutAgain(written, flow), what + ", flow " + flow);
                }
                pieces += written.stream().mapToInt(Written::pieces).sum();
                frames += written.size();
            }
        }
        assertThat(pieces).as("joined many").isGreaterThan(2 * frames);
    }

    /** A flow's number stands in its source port. */
    private record Sent(TestPacket packet, boolean partial) {
        byte[] bytes() {
            return partial ? packet.partialFrame() : packet.frame();
        }
    }

    private static List<List<Sent>> flows(Random random, int count) {
        RandomPackets packets = new RandomPackets(random);
        return IntStream.range(0, count)
                .mapToObj(flow -> {
                    TestPacket like = packets.superPacket(4_000).with(it -> {
                        it.sourcePort = flow;
                        it.payload = packets.bytes(it.payload.length);
                    });
                    List<Sent> sent = new ArrayList<>();
                    for (TestPacket segment : like.cut(100 + random.nextInt(1_000))) {
                        disturb(random, segment, sent);
                    }
                    return sent;
                })
                .toList();
    }

    private static void disturb(Random random, TestPacket segment, List<Sent> sent) {
        switch (random.nextInt(40)) {
            case 0 -> {}
            case 1 -> sent.addAll(List.of(new Sent(segment, true), new Sent(segment, true)));
            case 2 -> sent.add(new Sent(segment, false));
            case 3 -> sent.add(new Sent(segment.with(it -> it.hopLimit ^= 1), true));
            case 4 -> sent.add(new Sent(segment.with(it -> it.flags ^= TestPacket.PSH), true));
            case 5 -> sent.add(new Sent(segment.with(it -> it.acknowledgment++), true));
            case 6 -> sent.add(new Sent(segment.with(it -> it.flags |= TestPacket.CWR), true));
            case 7 -> sent.add(new Sent(segment.with(it -> it.payload = new byte[0]), true));
            case 8 -> sent.add(new Sent(segment.with(it -> it.payload = Arrays.copyOf(it.payload, 50)), true));
            case 9 -> sent.add(new Sent(segment.with(it -> it.vlanId ^= 1), true));
            default -> sent.add(new Sent(segment, true));
        }
    }

    private static List<Sent> interleaved(Random random, List<List<Sent>> flows) {
        List<Integer> turns = new ArrayList<>();
        for (int flow = 0; flow < flows.size(); flow++) {
            turns.addAll(Collections.nCopies(flows.get(flow).size(), flow));
        }
        if (random.nextBoolean()) {
            Collections.shuffle(turns, random);
        }
        int[] next = new int[flows.size()];
        return turns.stream().map(flow -> flows.get(flow).get(next[flow]++)).toList();
    }

    private static List<Cut> cutAgain(List<Written> written, int flow) {
        FrameSplitter splitter = new FrameSplitter();
        List<Cut> cuts = new ArrayList<>();
        for (Written each : written) {
            FrameHeaders headers = new FrameHeaders();
            headers.parse(io.netty.buffer.Unpooled.wrappedBuffer(each.frame()), 0, each.frame().length);
            int port =
                    ((each.frame()[headers.transport()] & 0xff) << 8) | (each.frame()[headers.transport() + 1] & 0xff);
            if (port == flow) {
                cuts.addAll(SplitRun.of(splitter, each.virtio(), each.frame(), MAX_FRAME)
                        .cuts());
            }
        }
        return cuts;
    }

    private static void assertSame(List<Sent> sent, List<Cut> arrived, String what) {
        assertThat(arrived).as(what).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            Sent expected = sent.get(i);
            assertThat(arrived.get(i).checksumPartial()).as(what).isEqualTo(expected.partial);
            assertThat(arrived.get(i).frame())
                    .as("%s, segment %d", what, i)
                    .isEqualTo(withId(expected, arrived.get(i).frame()));
        }
    }

    /** RFC 6864: of a packet that may not be fragmented the id means nothing, and may be another. */
    private static byte[] withId(Sent expected, byte[] arrived) {
        TestPacket packet = expected.packet;
        if (!packet.v4 || !packet.dontFragment) {
            return expected.bytes();
        }
        int at = 14 + 4 * packet.vlanTypes.size() + 4;
        int id = ((arrived[at] & 0xff) << 8) | (arrived[at + 1] & 0xff);
        return new Sent(packet.with(it -> it.id = id), expected.partial).bytes();
    }
}
