package dev.culvert.bench.crossing;

import java.util.List;

/**
 * What is measured at several sizes.
 *
 * @param name for people, in tables
 */
record Row(RowId id, String name, List<Cell> cells) {
    /** @param bytes of a frame, with its Ethernet header; of the payload where UDP is sent and received */
    record Cell(int bytes, Crossing crossing) {}

    Row {
        cells = List.copyOf(cells);
    }

    boolean hasCopied() {
        return cells.stream().anyMatch(cell -> cell.crossing().hasCopied());
    }
}
