package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Frames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(ids).containsExactly(0xfffe, 1, 4);
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
