package dev.culvert.bench.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.Lab;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Every row, on real devices: what a batch leaves that was broken off must not spoil those after it. */
@RequiresRoot
final class BrokenBatchesTest {
    private final Gate gate = new Gate();

    @Test
    void leaveNothingThatSpoilsAnother() throws IOException {
        try (Lab lab = Lab.open();
                Rings rings = new Rings()) {
            Rows rows = Rows.open(Site.build(lab), Sizes.FEW, rings);
            assertThat(rows.rows()).hasSizeGreaterThan(20);
            for (Row row : rows.rows()) {
                for (Row.Cell cell : row.cells()) {
                    breakOffBeforeAndAfterCarrying(cell.crossing());
                    carryOneOfEach(rows, cell.bytes());
                }
            }
        }
    }

    private static void breakOffBeforeAndAfterCarrying(Crossing crossing) throws IOException {
        crossing.prepare();
        crossing.prepare();
        int _ = crossing.run();
        crossing.prepare();
        int _ = crossing.run();
        crossing.prepare();
    }

    /** Of another size, where there is one: a frame that was left is then seen. */
    private void carryOneOfEach(Rows rows, int bytes) throws IOException {
        for (Row row : rows.rows()) {
            Row.Cell cell = row.cells().stream()
                    .filter(each -> each.bytes() != bytes)
                    .findFirst()
                    .orElseGet(() -> row.cells().getFirst());
            double _ = gate.nanosPerFrame(cell.crossing());
        }
    }
}
