package dev.culvert.bench.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a run in which something fails. */
final class RowsTest {
    private static final int BYTES = 1514;
    private static final long BUDGET_NANOS = 1;

    private final Meter meter = new Meter(new Gate());
    private final Figures figures = new Figures();

    /** Fails on its first batches, or from one on. */
    private static final class Planted implements Crossing {
        private final int goodFrom;
        private final int badFrom;
        private int prepared;

        Planted(int goodFrom, int badFrom) {
            this.goodFrom = goodFrom;
            this.badFrom = badFrom;
        }

        static Planted good() {
            return new Planted(0, Integer.MAX_VALUE);
        }

        @Override
        public void prepare() {
            prepared++;
        }

        @Override
        public int run() throws IOException {
            if (prepared <= goodFrom || prepared > badFrom) {
                throw new IOException("planted");
            }
            return 1;
        }
    }

    @Test
    void aBatchThatFailsIsMadeAgainFromTheStart() throws IOException {
        Planted late = new Planted(3, Integer.MAX_VALUE);
        meter.check(late);
        assertThat(late.prepared).isEqualTo(4);
    }

    @Test
    void aRowThatCannotBeCarriedIsLeftOutAndTheOthersAreMeasured() throws IOException {
        Row refused = row(RowId.TAP_READ_URING_8, new Planted(Integer.MAX_VALUE, Integer.MAX_VALUE));
        Row good = row(RowId.UDP_RECEIVE, Planted.good());
        Rows rows = new Rows(List.of(refused, good));
        rows.warmUp(meter);
        assertThat(rows.rows()).containsExactly(good);
        assertThat(rows.missing()).containsExactly("not measured: TAP_READ_URING_8: planted");
    }

    @Test
    void aRowThatFailsInALaterRoundIsForgotten() throws IOException {
        Row failing = row(RowId.UDP_SEND_LOOPBACK, new Planted(0, 8));
        Row good = row(RowId.UDP_RECEIVE, Planted.good());
        Rows rows = new Rows(List.of(failing, good));
        for (int round = 0; round < 3; round++) {
            for (Row row : rows.rows()) {
                rows.measure(row, meter, BUDGET_NANOS, figures);
            }
        }
        assertThat(figures.has(RowId.UDP_SEND_LOOPBACK)).isFalse();
        assertThat(figures.at(RowId.UDP_RECEIVE, BYTES).rounds()).hasSize(3);
        assertThat(rows.missing()).containsExactly("not measured: UDP_SEND_LOOPBACK: planted");
    }

    @Test
    void withoutARowThatEverythingRestsOnThereIsNoRun() {
        Rows rows = new Rows(List.of(row(RowId.TAP_READ, new Planted(Integer.MAX_VALUE, Integer.MAX_VALUE))));
        assertThatThrownBy(() -> rows.warmUp(meter))
                .isInstanceOf(IOException.class)
                .hasMessage("TAP_READ: planted");
    }

    private static Row row(RowId id, Crossing crossing) {
        return new Row(id, id.name(), List.of(new Row.Cell(BYTES, crossing)));
    }
}
