package dev.culvert.bench.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LettersTest {
    @Test
    void aNameIsWholeOnTwoLinesBeforeItIsCut() {
        assertThat(Letters.lines("UDP send", 20)).containsExactly("UDP send");
        assertThat(Letters.lines("UDP send with UDP_SEGMENT", 20)).containsExactly("UDP send with", "UDP_SEGMENT");
        assertThat(Letters.lines("UDP send with UDP_SEGMENT to a far host", 20))
                .containsExactly("UDP send with", "UDP_SEGMENT to a fa…");
        assertThat(Letters.lines("withoutanyspaceatallinit", 10)).containsExactly("withoutany", "spaceatal…");
    }

    @Test
    void noLetterIsCutInHalf() {
        assertThat(Letters.shortened("\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80", 4)).isEqualTo("\uD83D\uDE80…");
        assertThat(Letters.count("\uD83D\uDE80a")).isEqualTo(3);
    }
}
