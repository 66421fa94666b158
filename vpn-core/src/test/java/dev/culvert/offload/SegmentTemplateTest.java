package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.TestPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short cut never joins what the rules would not, and knows the segments that it is for. */
class SegmentTemplateTest {
    private static final int SIZE = 100;
    private static final int SEGMENTS = 5;
    private static final int PACKETS = 4_000;
    private static final int MUTATIONS = 60;

    private final Random random = new Random(11);
    private final RandomPackets packets = new RandomPackets(random);
    private final FirstFrame first = new FirstFrame();
    private final SegmentTemplate template = new SegmentTemplate();
    private final FrameHeaders headers = new FrameHeaders();

    private List<TestPacket> segments() {
        TestPacket whole = packets.superPacket(1).with(packet -> {
            packet.tcp = true;
            packet.payload = packets.bytes(SEGMENTS * SIZE);
        });
        return whole.cut(SIZE);
    }

    /** False when it is none that others could be joined to. */
    private boolean begin(byte[] frame) {
        ByteBuf buffer = Unpooled.wrappedBuffer(frame);
        headers.parse(buffer, 0, frame.length);
        if (!JoinRules.isJoinable(buffer, 0, frame.length, headers)) {
            return false;
        }
        first.set(buffer, 0, frame.length);
        template.set(buffer, 0, headers);
        return true;
    }

    private boolean fits(byte[] frame, int number) {
        return template.fits(Unpooled.wrappedBuffer(frame), 0, frame.length, number, number * SIZE);
    }

    private boolean followsTheRules(byte[] frame, int number) {
        ByteBuf buffer = Unpooled.wrappedBuffer(frame);
        return headers.parse(buffer, 0, frame.length) == FrameHeaders.Kind.TCP
                && JoinRules.isJoinable(buffer, 0, frame.length, headers)
                && headers.payloadBytes() <= SIZE
                && first.isOfFlow(buffer, 0, headers)
                && first.isContinuedBy(buffer, 0, headers, number, number * SIZE);
    }

    @Test
    void knowsEverySegmentOfABulkFlow() {
        int begun = 0;
        for (int i = 0; i < PACKETS; i++) {
            List<TestPacket> segments = segments();
            if (begin(segments.getFirst().partialFrame())) {
                begun++;
                for (int number = 1; number < SEGMENTS; number++) {
                    byte[] frame = segments.get(number).partialFrame();
                    assertThat(fits(frame, number)).isEqualTo(followsTheRules(frame, number));
                }
            }
        }
        assertThat(begun).isGreaterThan(PACKETS / 2);
    }

    @Test
    void joinsNothingThatTheRulesWouldNot() {
        int fitting = 0;
        int refused = 0;
        for (int i = 0; i < PACKETS; i++) {
            List<TestPacket> segments = segments();
            if (!begin(segments.getFirst().partialFrame())) {
                continue;
            }
            for (int mutation = 0; mutation < MUTATIONS; mutation++) {
                int number = 1 + random.nextInt(SEGMENTS - 1);
                byte[] frame = mutated(segments.get(number).partialFrame());
                if (fits(frame, number)) {
                    fitting++;
                    assertThat(followsTheRules(frame, number)).isTrue();
                } else {
                    refused++;
                }
            }
        }
        assertThat(fitting).as("mutations that do not matter").isPositive();
        assertThat(refused).isGreaterThan(fitting);
    }

    /** One to three bits of the headers or of the first bytes of the payload. */
    private byte[] mutated(byte[] frame) {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            int bit = random.nextInt((frame.length - SIZE + 10) * Byte.SIZE);
            frame[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
        return frame;
    }

    @Test
    void hasNothingToCompareWithAfterwards() {
        List<TestPacket> segments = TestPacket.ipv4()
                .with(packet -> packet.payload = new byte[SEGMENTS * SIZE])
                .cut(SIZE);
        assertThat(begin(segments.getFirst().partialFrame())).isTrue();
        assertThat(fits(segments.get(1).partialFrame(), 1)).isTrue();
        template.clear();
        assertThat(fits(segments.get(1).partialFrame(), 1)).isFalse();
    }

    /** Where the first is longer or shorter by a byte, the rules decide. */
    @Test
    void leavesSegmentsOfAnotherLengthToTheRules() {
        List<TestPacket> segments = TestPacket.ipv4()
                .with(packet -> packet.payload = new byte[2 * SIZE - 1])
                .cut(SIZE);
        assertThat(begin(segments.getFirst().partialFrame())).isTrue();
        assertThat(fits(segments.get(1).partialFrame(), 1)).isFalse();
        assertThat(followsTheRules(segments.get(1).partialFrame(), 1)).isTrue();
    }
}
