package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel or a peer might send, damaged: {@link FuzzTargets} with inputs that reach deep at once. */
class HostileOffloadFuzzTest {
    private static final int INPUTS = 4_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everySuperFrameGetsAVerdict(long seed) {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        Set<SplitVerdict> verdicts = EnumSet.noneOf(SplitVerdict.class);
        for (int i = 0; i < INPUTS; i++) {
            TestPacket packet = packets.superPacket(600);
            byte[] virtio =
                    random.nextInt(4) == 0 ? Virtio.needsChecksum(packet) : Virtio.gso(packet, 1 + random.nextInt(300));
            byte[] frame = packet.partialFrame();
            byte[] input = ByteBuffer.allocate(2 + virtio.length + frame.length)
                    .putShort((short) random.nextInt(400))
                    .put(virtio)
                    .put(frame)
                    .array();
            SplitVerdict verdict = FuzzTargets.split(damaged(random, input, 2 + 12 + 100));
            if (verdict != null) {
                verdicts.add(verdict);
            }
        }
        assertThat(verdicts).as("seed %d", seed).containsExactly(SplitVerdict.values());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyFrameOfAPeerArrivesAsItWasSent(long seed) {
        Random random = new Random(seed);
        RandomPackets packets = new RandomPackets(random);
        int joined = 0;
        for (int i = 0; i < INPUTS / 10; i++) {
            ByteArrayOutputStream program = new ByteArrayOutputStream();
            for (int frames = 1 + random.nextInt(4); frames > 0; frames--) {
                byte[] frame = packets.superPacket(100)
                        .with(packet -> packet.flags &= ~(TestPacket.CWR | TestPacket.PSH | TestPacket.FIN))
                        .partialFrame();
                if (frame.length > 255) {
                    continue;
                }
                program.write(0);
                program.write(frame.length);
                program.writeBytes(frame);
                for (int next = random.nextInt(20); next > 0; next--) {
                    program.write(random.nextInt(30) == 0 ? 0x84 : 4);
                    program.write(random.nextInt(2));
                    if (random.nextInt(5) == 0) {
                        program.writeBytes(new byte[] {1, (byte) random.nextInt(90), (byte) (1 << random.nextInt(8))});
                    }
                }
            }
            joined += FuzzTargets.coalesce(program.toByteArray());
        }
        assertThat(joined).as("seed %d", seed).isGreaterThan(INPUTS / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyFragmentIsAccountedFor(long seed) {
        Random random = new Random(seed);
        int completed = 0;
        for (int i = 0; i < INPUTS / 10; i++) {
            ByteArrayOutputStream payloads = new ByteArrayOutputStream();
            FragmentCutter cutter = new FragmentCutter(random.nextInt(3), 1);
            for (int frames = random.nextInt(6); frames > 0; frames--) {
                byte[] frame = new byte[1 + random.nextInt(650)];
                List<byte[]> fragments = Fragments.cut(cutter, frame, 30 + random.nextInt(200));
                for (byte[] fragment : fragments) {
                    payloads.write(fragment.length);
                    payloads.writeBytes(fragment);
                }
            }
            completed += FuzzTargets.reassemble(damaged(random, payloads.toByteArray(), Integer.MAX_VALUE));
        }
        assertThat(completed).as("seed %d", seed).isGreaterThan(INPUTS / 20);
    }

    /** A few bytes among the first {@code within} are others, and perhaps the end is gone. */
    static byte[] damaged(Random random, byte[] input, int within) {
        byte[] bytes = input.clone();
        for (int faults = random.nextInt(4); faults > 0 && bytes.length > 0; faults--) {
            bytes[random.nextInt(Math.min(within, bytes.length))] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextInt(10) > 0 ? bytes : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }
}
