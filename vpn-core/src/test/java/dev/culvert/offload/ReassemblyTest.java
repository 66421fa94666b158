package dev.culvert.offload;

import static dev.culvert.offload.FragmentVerdict.COMPLETE;
import static dev.culvert.offload.FragmentVerdict.DUPLICATE;
import static dev.culvert.offload.FragmentVerdict.HELD;
import static dev.culvert.offload.FragmentVerdict.INCONSISTENT;
import static dev.culvert.offload.FragmentVerdict.MALFORMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.testkit.Allocation;
import dev.culvert.testkit.Frames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReassemblyTest {
    /** What is a byte here is so many on the wire: a frame of one has an Ethernet header. */
    private static final int SCALE = EthernetHeader.LENGTH;

    private static final int MAX_FRAME = 10;
    private static final int ID = 0x1234;
    private static final long START = Long.MAX_VALUE - 5; // clocks wrap
    private static final long PATIENCE = Reassembly.PATIENCE.toNanos();

    private final Reassembly reassembly = new Reassembly(UnpooledByteBufAllocator.DEFAULT, MAX_FRAME * SCALE);

    @AfterEach
    void release() {
        reassembly.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "0, 2, 1", "1, 0, 2", "1, 2, 0", "2, 0, 1", "2, 1, 0"})
    void putsTogetherInAnyOrder(int first, int second, int third) {
        List<byte[]> fragments = List.of(
                fragment(ID, 0, false, (byte) 1, (byte) 2, (byte) 3),
                fragment(ID, 1, false, (byte) 4, (byte) 5, (byte) 6),
                fragment(ID, 2, true, (byte) 7));

        assertThat(add(fragments.get(first))).isEqualTo(HELD);
        assertThat(add(fragments.get(second))).isEqualTo(HELD);
        assertThat(add(fragments.get(third))).isEqualTo(COMPLETE);

        assertThat(completed()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(reassembly.heldFragments()).isZero();
        assertThat(reassembly.takeGivenUpFragments()).isZero();
    }

    @Test
    void framesInterleave() {
        add(fragment(1, 0, false, (byte) 1));
        add(fragment(2, 0, false, (byte) 2));

        assertThat(add(fragment(1, 1, true, (byte) 3))).isEqualTo(COMPLETE);
        assertThat(completed()).containsExactly(1, 3);
        assertThat(add(fragment(2, 1, true, (byte) 4))).isEqualTo(COMPLETE);
        assertThat(completed()).containsExactly(2, 4);
    }

    @Test
    void aSecondOneOfTheSameDoesNotReplaceTheFirst() {
        add(fragment(ID, 0, false, (byte) 1));

        assertThat(add(fragment(ID, 0, false, (byte) 9))).isEqualTo(DUPLICATE);
        assertThat(add(fragment(ID, 0, true, (byte) 9))).isEqualTo(DUPLICATE);
        assertThat(add(fragment(ID, 1, true, (byte) 2))).isEqualTo(COMPLETE);
        assertThat(completed()).containsExactly(1, 2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an inner one of another size, 1, false, 2, 0, false, 3",
        "a longer last, 0, false, 2, 1, true, 3",
        "a last before one that was there, 2, false, 2, 1, true, 1",
        "a second last, 2, true, 2, 1, true, 2",
        "a second last behind the first, 2, true, 2, 3, true, 2",
        "an inner one behind the last, 1, true, 2, 2, false, 2",
        "an inner one shorter than the last, 1, true, 2, 0, false, 1",
        "too long together with the last, 3, true, 1, 0, false, 4",
        "a last too far behind, 0, false, 3, 3, true, 2",
    })
    void refusesWhatContradictsTheFirst(
            String because,
            int heldPosition,
            boolean heldIsLast,
            int heldBytes,
            int position,
            boolean last,
            int bytes) {
        assertThat(add(fragment(ID, heldPosition, heldIsLast, new byte[heldBytes])))
                .isEqualTo(HELD);

        assertThat(add(fragment(ID, position, last, new byte[bytes])))
                .as(because)
                .isEqualTo(INCONSISTENT);
        assertThat(reassembly.heldFragments()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "longer than a frame may be, 0, true, 11",
        "an inner one beyond the longest frame, 5, false, 2",
        "a last one beyond the longest frame, 10, true, 1",
        "the last of so many as long that no frame could have them, 5, true, 2",
        "position that no frame can have, 255, false, 10",
        "nothing in it, 0, false, 0"
    })
    void refusesWhatNoFrameCouldHave(String because, int position, boolean last, int bytes) {
        assertThat(add(fragment(ID, position, last, new byte[bytes])))
                .as(because)
                .isEqualTo(MALFORMED);
        assertThat(reassembly.heldFragments()).isZero();
    }

    @Test
    void aRuntIsNoFrame() {
        byte[] most = new byte[SCALE - 2];
        assertThat(Fragments.add(reassembly, Fragments.fragment(ID, 0, false, most), START))
                .isEqualTo(HELD);

        assertThat(Fragments.add(reassembly, Fragments.fragment(ID, 1, true, (byte) 1), START))
                .isEqualTo(MALFORMED);
        assertThat(reassembly.takeGivenUpFragments()).as("the first").isEqualTo(1);
        assertThat(reassembly.heldFragments()).isZero();
        assertThatThrownBy(reassembly::frameBuffer).isInstanceOf(IllegalStateException.class);
        assertThat(Fragments.add(reassembly, Fragments.fragment(ID, 0, true, new byte[SCALE - 1]), START))
                .isEqualTo(MALFORMED);
    }

    @Test
    void theLongestFrameFits() {
        assertThat(add(fragment(ID, 4, true, new byte[2]))).isEqualTo(HELD);
        for (int position = 3; position > 0; position--) {
            assertThat(add(fragment(ID, position, false, new byte[2]))).isEqualTo(HELD);
        }
        assertThat(add(fragment(ID, 0, false, new byte[2]))).isEqualTo(COMPLETE);
        assertThat(reassembly.frameLength()).isEqualTo(MAX_FRAME * SCALE);
    }

    @Test
    void patienceEnds() {
        add(fragment(ID, 0, false, (byte) 1));

        assertThat(Fragments.add(reassembly, fragment(ID, 1, false, (byte) 2), START + PATIENCE - 1))
                .isEqualTo(HELD);
        assertThat(Fragments.add(reassembly, fragment(ID, 2, true, (byte) 3), START + PATIENCE))
                .as("the frame is begun anew")
                .isEqualTo(HELD);
        assertThat(reassembly.takeGivenUpFragments()).isEqualTo(2);
        assertThat(reassembly.takeGivenUpFragments()).isZero();
        assertThat(reassembly.heldFragments()).isEqualTo(1);
    }

    @Test
    void patienceEndsWithoutFurtherFragments() {
        add(fragment(ID, 0, false, (byte) 1));

        reassembly.giveUpExpired(START + PATIENCE - 1);
        assertThat(reassembly.takeGivenUpFragments()).isZero();
        reassembly.giveUpExpired(START + PATIENCE);
        assertThat(reassembly.takeGivenUpFragments()).isEqualTo(1);
    }

    @Test
    void theOldestGivesWayToOneTooMany() {
        for (int id = 0; id <= Reassembly.MAX_FRAMES; id++) {
            assertThat(add(fragment(id, 0, false, (byte) id))).isEqualTo(HELD);
        }

        assertThat(reassembly.heldFragments()).isEqualTo(Reassembly.MAX_FRAMES);
        assertThat(reassembly.takeGivenUpFragments()).isEqualTo(1);
        assertThat(add(fragment(1, 1, true, (byte) 9))).isEqualTo(COMPLETE);
        assertThat(add(fragment(0, 1, true, (byte) 9))).isEqualTo(HELD);
    }

    /** RFC 4963: numbers come round in less than the patience when many frames are sent. */
    @Test
    void whatIsLeftOfAnOldFrameIsNotMixedWithANewOne() {
        add(fragment(ID, 0, false, (byte) 1));
        for (int i = 0; i < Reassembly.MAX_YOUNGER; i++) {
            assertThat(add(fragment(ID + 1, 0, true, (byte) 2))).isEqualTo(COMPLETE);
        }

        assertThat(add(fragment(ID, 1, true, (byte) 3))).isEqualTo(HELD);
        assertThat(reassembly.takeGivenUpFragments()).isEqualTo(1);
    }

    @Test
    void thereIsNoFrameToTakeUnlessOneWasCompleted() {
        add(fragment(ID, 0, true, (byte) 1));
        add(fragment(ID, 0, false, (byte) 1));

        assertThatThrownBy(reassembly::frameBuffer).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingGivesUpWhatIsHeld() {
        add(fragment(ID, 0, false, (byte) 1));

        reassembly.close();

        assertThat(reassembly.takeGivenUpFragments()).isEqualTo(1);
    }

    @Test
    void allocatesNothing() {
        FragmentCutter cutter = new FragmentCutter(0, 1);
        ByteBuf buffer = Unpooled.directBuffer(2_000);
        byte[] frame = Frames.payload(1_514, 1);
        try (Reassembly large = new Reassembly(UnpooledByteBufAllocator.DEFAULT, 1_514)) {
            int[] completed = new int[1];
            long bytes = Allocation.bytesOf(() -> {
                for (int i = 0; i < 100_000; i++) {
                    buffer.clear().writeZero(4).writeBytes(frame);
                    if (cutter.tryBegin(buffer, 4, frame.length, 1_000)) {
                        while (cutter.next()) {
                            FragmentVerdict verdict =
                                    large.add(buffer, cutter.fragmentIndex(), cutter.fragmentLength(), i);
                            completed[0] += verdict == COMPLETE ? 1 : 0;
                        }
                    }
                }
            });
            assertThat(completed[0]).isEqualTo(200_000);
            assertThat(bytes).as("less than a tenth of one a frame").isLessThan(10_000);
        } finally {
            buffer.release();
        }
    }

    private FragmentVerdict add(byte[] fragment) {
        return Fragments.add(reassembly, fragment, START);
    }

    private static byte[] fragment(int frameId, int position, boolean isLast, byte... bytes) {
        ByteBuf scaled = Unpooled.buffer();
        for (byte each : bytes) {
            for (int i = 0; i < SCALE; i++) {
                scaled.writeByte(each);
            }
        }
        return Fragments.fragment(frameId, position, isLast, ByteBufUtil.getBytes(scaled));
    }

    private byte[] completed() {
        byte[] frame = Fragments.completed(reassembly);
        ByteBuf bytes = Unpooled.buffer();
        for (int i = 0; i < frame.length; i += SCALE) {
            bytes.writeByte(frame[i]);
        }
        return ByteBufUtil.getBytes(bytes);
    }
}
