package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Frames;
import dev.culvert.wire.FragmentHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentCutterTest {
    private final FragmentCutter cutter = new FragmentCutter(0xfffe, 3);

    @ParameterizedTest(name = "{0} bytes by {1}: {3}")
    @CsvSource({
        "1514, 1438, 761 761, of equal size: they fill a batch",
        "1515, 1438, 762 761, the last is the shorter",
        "1434, 1438, 1438, fits: one fragment",
        "1435, 1438, 722 721, does not fit by a byte",
        "5, 5, 5 5 5 5 5, a byte each",
    })
    void fragmentsAreOfNearlyEqualSize(int frameBytes, int maxPayloadBytes, String sizes, String because) {
        List<byte[]> fragments = Fragments.cut(cutter, Frames.payload(frameBytes, 1), maxPayloadBytes);

        assertThat(String.join(
                        " ", fragments.stream().map(each -> "" + each.length).toList()))
                .as(because)
                .isEqualTo(sizes);
    }

    @Test
    void eachFrameHasTheNextNumberOfItsLane() {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] fragment = Fragments.cut(cutter, new byte[100], 60).getLast();
            ids.add((fragment[2] & 0xff) | ((fragment[3] & 0xff) << 8));
        }
        assertThat(ids).containsExactly(0xfffe, 2, 5);
    }

    /** Of three lanes none may come into the numbers of another when the numbers come round. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aLaneKeepsToItsNumbers(int lane) {
        FragmentCutter third = new FragmentCutter(lane, 3);
        ByteBuf buffer = Unpooled.buffer().writeZero(FragmentHeader.BYTES + 100);
        for (int i = 0; i < 0x10000; i++) {
            assertThat(third.tryBegin(buffer, FragmentHeader.BYTES, 100, 200)).isTrue();
            assertThat(third.next()).isTrue();
            assertThat(FragmentHeader.frameId(buffer, third.fragmentIndex()) % 3)
                    .as("frame %d", i)
                    .isEqualTo(lane);
        }
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource({
        "256, 5, 256, as many as there are positions",
        "257, 5, 0, one more",
        "100, 4, 0, no room for a byte",
        "100, 0, 0, no room at all"
    })
    void refusesWhatCannotBeNumbered(int frameBytes, int maxPayloadBytes, int fragments, String because) {
        assertThat(Fragments.cut(cutter, new byte[frameBytes], maxPayloadBytes))
                .as(because)
                .hasSize(fragments);
    }
}
