package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.testkit.Frames;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path that loses, repeats and reorders fragments. */
class ReassemblyPropertyTest {
    private static final int FRAMES = 3_000;
    private static final int MAX_FRAME = 9_000;
    /** Fewer frames are under way at a time than a peer has places for. */
    private static final int REORDER = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyFrameArrivesWholeOrNotAtAllAndEveryFragmentIsAccountedFor(long seed) {
        Random random = new Random(seed);
        FragmentCutter cutter = new FragmentCutter(random.nextInt(), 1);
        List<byte[]> path = new ArrayList<>();
        Map<Integer, byte[]> sent = new HashMap<>();
        Map<Integer, Integer> sentFragments = new HashMap<>();
        int lossless = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = Frames.payload(
                    EthernetHeader.LENGTH
                            + random.nextInt(random.nextInt(10) == 0 ? MAX_FRAME - EthernetHeader.LENGTH : 1_600),
                    i);
            List<byte[]> fragments = Fragments.cut(cutter, frame, 200 + random.nextInt(1_300));
            int id = id(fragments.getFirst());
            sent.put(id, frame);
            sentFragments.put(id, fragments.size());
            boolean hasLoss = false;
            for (byte[] fragment : fragments) {
                boolean lost = random.nextInt(50) == 0;
                hasLoss |= lost;
                if (!lost) {
                    path.add(Math.max(0, path.size() - random.nextInt(REORDER)), fragment);
                }
                if (random.nextInt(50) == 0) {
                    path.add(fragment);
                }
            }
            lossless += hasLoss ? 0 : 1;
        }
        try (Reassembly reassembly = new Reassembly(UnpooledByteBufAllocator.DEFAULT, MAX_FRAME)) {
            int completed = 0;
            int used = 0;
            int dropped = 0;
            long now = 0;
            for (byte[] fragment : path) {
                now += random.nextInt(2_000_000);
                switch (Fragments.add(reassembly, fragment, now)) {
                    case HELD -> {}
                    case COMPLETE -> {
                        int id = id(fragment);
                        assertThat(Fragments.completed(reassembly))
                                .as("seed %d", seed)
                                .isEqualTo(sent.get(id));
                        used += sentFragments.getOrDefault(id, 0);
                        completed++;
                    }
                    case DUPLICATE -> dropped++;
                    case MALFORMED, INCONSISTENT -> throw new AssertionError("seed " + seed);
                }
            }
            assertThat(used + dropped + reassembly.takeGivenUpFragments() + reassembly.heldFragments())
                    .as("seed %d", seed)
                    .isEqualTo(path.size());
            assertThat(completed).isGreaterThanOrEqualTo(lossless * 9 / 10);
        }
    }

    private static int id(byte[] fragment) {
        return (fragment[2] & 0xff) | ((fragment[3] & 0xff) << 8);
    }
}
