package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.offload.FrameSplitter;
import dev.culvert.offload.SplitVerdict;
import dev.culvert.testkit.Frames;
import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A peer with keys sends segments that nearly fit each other, fragments that nearly make frames, and noise, among the
 * frames of an honest host behind it. Whatever is joined can be cut into frames that were sent.
 */
class SimulatedGarbageTest {
    private static final int ROUNDS = 300;
    private static final int PAYLOADS_A_ROUND = 12;
    private static final int SEGMENT_BYTES = 200;
    private static final int HEADER_BYTES = Virtio.NONE.length;

    private final SimulatedPair world = new SimulatedPair(System.nanoTime());
    private final Random random = world.simulation.random();
    private final Map<ByteBuffer, Integer> sent = new HashMap<>();
    private final List<byte[]> delivered = new ArrayList<>();

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    @Test
    void nothingIsDeliveredThatWasNotSent() {
        world.devices(true);
        world.startAb();
        world.network.receiveInBunches();
        int honest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < PAYLOADS_A_ROUND; i++) {
                sayOne(round, i);
            }
            for (int i = 0; i < 2; i++) {
                byte[] frame = frame("a", "b", honest, honest % 2 == 0 ? 60 : 1500);
                remember(frame);
                world.tunnel("a").send(frame);
                honest++;
            }
            world.run(Duration.ofMillis(3));
            delivered.addAll(world.tunnel("b").received());
        }
        world.run(Duration.ofSeconds(2));
        delivered.addAll(world.tunnel("b").received());

        long honestDelivered = delivered.stream().filter(this::isHonest).count();
        assertThat(honestDelivered).isEqualTo(honest);
        delivered.forEach(this::assertSent);
        for (CounterId id : List.of(
                CounterId.SUPER_FRAMES_WRITTEN,
                CounterId.CHECKSUM_NOT_PARTIAL,
                CounterId.PAYLOAD_MALFORMED,
                CounterId.FRAGMENT_MALFORMED,
                CounterId.FRAGMENT_INCONSISTENT,
                CounterId.FRAGMENT_DUPLICATE)) {
            assertThat(world.tunnel("b").count(id)).as(id.text()).isPositive();
        }
    }

    private void sayOne(int round, int i) {
        switch (random.nextInt(8)) {
            case 0 -> say(noise());
            case 1, 2 -> sayFragment(round);
            default -> saySegment(round, i);
        }
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(1_400)];
        random.nextBytes(bytes);
        int kind = random.nextInt(8);
        bytes[0] = (byte) ((kind == 2 || kind == 3 ? 7 : kind) << 4 | random.nextInt(16)); // frames are made on purpose
        return bytes;
    }

    private void say(byte[] payload) {
        world.tunnel("a").say(payload);
    }

    /** Two hostile frames a round, of two fragments each, if they fit. */
    private void sayFragment(int round) {
        byte[] whole = frame("a", "b", 1_000_000 + round, 186);
        remember(whole);
        int position = random.nextInt(3);
        int cut = random.nextInt(6) == 0 ? 99 : 100;
        byte[] part = position == 0 ? Arrays.copyOf(whole, cut) : Arrays.copyOfRange(whole, 100, 200);
        byte[] payload = ByteBuffer.allocate(4 + part.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (random.nextInt(10) == 0 ? 0x28 : 0x20 | Math.min(position, 1)))
                .put((byte) position)
                .putShort((short) (0x4000 + round))
                .put(part)
                .array();
        say(payload);
    }

    /** In sequence, partial, and then damaged in two of three cases. */
    private void saySegment(int round, int i) {
        byte[] frame = TestPacket.ipv4()
                .with(packet -> {
                    packet.sourceMac = TestHosts.mac("a");
                    packet.destinationMac = TestHosts.mac("b");
                    packet.sourcePort += round;
                    packet.id += i;
                    packet.sequence = i * SEGMENT_BYTES;
                    packet.payload = Frames.payload(SEGMENT_BYTES, i);
                })
                .partialFrame();
        int luck = random.nextInt(6);
        if (luck == 0) {
            frame[12 + random.nextInt(42)] ^= (byte) (1 << random.nextInt(8));
        } else if (luck == 1) {
            frame = Arrays.copyOf(frame, 14 + random.nextInt(frame.length));
        }
        remember(frame);
        int flag = random.nextInt(10) == 0 ? 0 : 1;
        say(ByteBuffer.allocate(2 + frame.length)
                .put((byte) (0x30 | flag))
                .put((byte) 0)
                .put(frame)
                .array());
    }

    private void remember(byte[] frame) {
        sent.merge(ByteBuffer.wrap(frame), 1, Integer::sum);
    }

    private boolean isHonest(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        return bytes.getShort(HEADER_BYTES + 12) == (short) 0x88b5 && bytes.getInt(HEADER_BYTES + 14) < 1_000_000;
    }

    private void assertSent(byte[] written) {
        for (byte[] frame : cut(written)) {
            Integer times = sent.get(ByteBuffer.wrap(frame));
            assertThat(times).as("was sent: %s", Arrays.toString(frame)).isNotNull();
        }
    }

    /** As the kernel would. */
    private static List<byte[]> cut(byte[] written) {
        byte[] frame = Arrays.copyOfRange(written, HEADER_BYTES, written.length);
        if (written[1] == 0) {
            return List.of(frame);
        }
        ByteBuf buffer = Unpooled.directBuffer(written.length).writeBytes(written);
        FrameSplitter splitter = new FrameSplitter();
        assertThat(splitter.begin(buffer, HEADER_BYTES, frame.length, 1 << 16)).isEqualTo(SplitVerdict.CUT);
        List<byte[]> frames = new ArrayList<>();
        while (splitter.next()) {
            frames.add(ByteBufUtil.getBytes(buffer, splitter.frameIndex(), splitter.frameLength()));
        }
        buffer.release();
        return frames;
    }
}
