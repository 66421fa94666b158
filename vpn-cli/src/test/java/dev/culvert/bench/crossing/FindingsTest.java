package dev.culvert.bench.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.result.Section;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said of figures that were made up. */
final class FindingsTest {
    private static final int ROUNDS = 3;
    private static final Rows NO_ROWS = new Rows(List.of());
    private static final Set<RowId> BARE =
            Set.of(RowId.NATIVE_CALL, RowId.NATIVE_CALL_ERRNO, RowId.SYSTEM_CALL, RowId.SYSTEM_CALL_ERRNO);
    private static final Set<RowId> SUPER =
            Set.of(RowId.TAP_READ_SUPER, RowId.TAP_WRITE_SUPER_DROPPED, RowId.TAP_WRITE_SUPER_SOCKET);
    private static final Set<RowId> SUPER_DATAGRAMS = Set.of(RowId.UDP_SEND_SEGMENTED, RowId.UDP_RECEIVE_COALESCED);

    private final Figures figures = new Figures();

    @Test
    void aDearerDirectionIsNamed() {
        fill(Set.of(RowId.TAP_READ, RowId.TAP_WRITE_DROPPED));
        put(RowId.TAP_READ, bytes -> 500 + 0.1 * bytes, 1, 1, 1);
        put(RowId.TAP_WRITE_DROPPED, bytes -> 2 * (500 + 0.1 * bytes), 1, 1.1, 1.2);
        assertThat(explanation("direction"))
                .contains(
                        "At 60 bytes a write that the stack drops at once is dearer than a read, 2.20 times (2.00 to 2.40");
    }

    @Test
    void aDifferenceThatMayBeChanceIsNotNamed() {
        fill(Set.of(RowId.TAP_READ, RowId.TAP_WRITE_DROPPED));
        put(RowId.TAP_READ, bytes -> 500 + 0.1 * bytes, 1, 1, 1);
        put(RowId.TAP_WRITE_DROPPED, bytes -> 500 + 0.1 * bytes, 1.01, 1.1, 1.4);
        assertThat(explanation("direction")).contains("is not told apart from a read, 1.10 times");
    }

    @Test
    void theCrossingAloneIsOneNumberAndABareSystemCallAnother() {
        fill(Set.of());
        assertThat(explanation("calls"))
                .contains("a bare system call takes 130 ns")
                .contains("the crossing alone 20 ns");
        assertThat(explanation("read-1514")).contains("crossing into the kernel and back 20 ns");
        assertThat(explanation("tap-read")).contains("a bare system call, from Java and back, is 130 ns");
    }

    @Test
    void zeroCopyPaysFromTheSizeWhereItIsFasterAndAtAllLargerOnes() {
        fill(Set.of(RowId.UDP_SEND_AWAY, RowId.SEND_ZERO_COPY));
        put(RowId.UDP_SEND_AWAY, bytes -> 1000 + 0.1 * bytes, 1, 1, 1);
        put(RowId.SEND_ZERO_COPY, bytes -> 2500 + 0.01 * bytes, 1, 1, 1); // cheaper above 16,667 bytes
        assertThat(explanation("zero-copy")).contains("pays from 30,000 bytes on");
    }

    @Test
    void zeroCopyThatIsFasterInSomeRoundsOnlyIsNotSaidToPay() {
        fill(Set.of(RowId.UDP_SEND_AWAY, RowId.SEND_ZERO_COPY));
        put(RowId.UDP_SEND_AWAY, bytes -> 1000 + 0.1 * bytes, 1, 1, 1);
        put(RowId.SEND_ZERO_COPY, bytes -> 1000 + 0.1 * bytes, 0.8, 0.8, 1.01);
        assertThat(explanation("zero-copy"))
                .contains("send with MSG_ZEROCOPY is not told apart from a copy: at 65,000 bytes it takes 0.80 times");
    }

    @Test
    void zeroCopyThatIsDearerAtTheLargestSizeDoesNotPay() {
        fill(Set.of(RowId.UDP_SEND_AWAY, RowId.SEND_ZERO_COPY));
        put(RowId.UDP_SEND_AWAY, bytes -> 1000 + 0.1 * bytes, 1, 1, 1);
        put(RowId.SEND_ZERO_COPY, bytes -> 500 + 0.2 * bytes, 1, 1, 1);
        assertThat(explanation("zero-copy")).contains("send with MSG_ZEROCOPY does not pay: at 65,000 bytes");
    }

    @Test
    void zeroCopyThatWasACopyAfterAllDoesNotPayHoweverFastItWas() {
        fill(Set.of(RowId.UDP_SEND_AWAY, RowId.SEND_ZERO_COPY));
        put(RowId.UDP_SEND_AWAY, bytes -> 1000 + 0.1 * bytes, 1, 1, 1);
        put(RowId.SEND_ZERO_COPY, bytes -> 500 + 0.1 * bytes, 1, 1, 1);
        Row row = new Row(RowId.SEND_ZERO_COPY, "", List.of(new Row.Cell(Sizes.LARGEST, new CopiesAfterAll())));
        assertThat(section("zero-copy", new Rows(List.of(row))).explanation())
                .contains(
                        "send with MSG_ZEROCOPY was none, the kernel reported that it copied after all: at 65,000 bytes")
                .doesNotContain("send with MSG_ZEROCOPY pays");
    }

    private static final class CopiesAfterAll implements Crossing {
        @Override
        public int run() {
            return 1;
        }

        @Override
        public boolean hasCopied() {
            return true;
        }
    }

    @Test
    void whatACrossingByIoUringCarriesIsSaid() {
        fill(Set.of());
        assertThat(explanation("zero-copy")).contains("By io_uring a crossing carries 4 sends");
        assertThat(ZeroCopyRows.BY_RING)
                .extracting(ZeroCopyRows.ByRing::name)
                .allMatch(name -> name.endsWith(", 4 a crossing"));
    }

    @Test
    void everyStepOfALadderHoldsThoseBelow() {
        fill(Set.of());
        Section.Ladder ladder = (Section.Ladder) section("write-1514");
        List<Double> totals =
                ladder.steps().stream().map(step -> step.total().median()).toList();
        assertThat(totals).isSorted();
        assertThat(ladder.explanation()).contains("crossing into the kernel and back");
    }

    @Test
    void linesAreThoseOfTheFigures() {
        fill(Set.of());
        Section.Curves reads = (Section.Curves) section("tap-read");
        assertThat(reads.curves().getFirst().fit().orElseThrow().perByte().estimate())
                .isCloseTo(0.1, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(reads.explanation()).contains("ns/KB").doesNotContain("Not quite straight");
    }

    @Test
    void rowsThatTheMachineLacksAreNotSpokenOf() {
        List<RowId> optional = List.of(RowId.values()).stream()
                .filter(id -> id.name().contains("URING")
                        || id.name().contains("ZERO_COPY")
                        || SUPER.contains(id)
                        || SUPER_DATAGRAMS.contains(id))
                .toList();
        fill(Set.copyOf(optional));
        List<Section> sections = new Findings(figures, NO_ROWS).sections();
        assertThat(sections)
                .extracting(Section::id)
                .contains("direction", "per-byte", "tap-read", "udp-send-batches")
                .doesNotContain("tap-read-batches", "zero-copy", "zero-copy-loopback");
        assertThat(sections).extracting(Section::explanation).noneMatch(text -> text.contains("UDP_GRO costs"));
    }

    @Test
    void withoutUdpTheTapIsStillSpokenOf() {
        fill(List.of(RowId.values()).stream()
                .filter(id -> id.name().startsWith("UDP"))
                .collect(Collectors.toSet()));
        assertThat(new Findings(figures, NO_ROWS).sections())
                .extracting(Section::id)
                .contains("direction", "per-byte", "tap-read", "tap-read-batches")
                .doesNotContain("udp-send", "udp-send-batches", "udp-receive-batches", "zero-copy-loopback");
    }

    @Test
    void batchesThatWereMeasuredAreShownWithoutTheLargest() {
        fill(Set.of(RowId.TAP_READ_URING_64));
        Section.Curves batches = (Section.Curves) section("tap-read-batches");
        assertThat(batches.curves()).hasSize(3);
        assertThat(batches.explanation()).doesNotContain("64 a crossing");
    }

    /** Everything but {@code those}, each row with a line of its own. */
    private void fill(Set<RowId> those) {
        for (RowId id : RowId.values()) {
            if (!those.contains(id)) {
                double fixed = 100 + 10 * id.ordinal();
                put(id, bytes -> fixed + 0.1 * bytes, 1, 1, 1);
            }
        }
    }

    private void put(RowId id, IntToDoubleFunction cost, double... factors) {
        Row row = new Row(id, nameOf(id), List.of());
        for (int round = 0; round < ROUNDS; round++) {
            for (int bytes : sizesOf(id)) {
                figures.add(row, bytes, factors[round] * cost.applyAsDouble(bytes));
            }
        }
    }

    private static List<Integer> sizesOf(RowId id) {
        if (BARE.contains(id)) {
            return List.of(0);
        }
        if (SUPER.contains(id)) {
            return Sizes.FEW.superFrames();
        }
        return SUPER_DATAGRAMS.contains(id) ? Sizes.FEW.superDatagrams() : Sizes.FEW.frames();
    }

    private static String nameOf(RowId id) {
        return id == RowId.SEND_ZERO_COPY ? "send with MSG_ZEROCOPY" : id.name();
    }

    private String explanation(String id) {
        return section(id).explanation();
    }

    private Section section(String id) {
        return section(id, NO_ROWS);
    }

    private Section section(String id, Rows rows) {
        return new Findings(figures, rows)
                .sections().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow();
    }
}
