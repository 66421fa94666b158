package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.UringRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** All rows that this machine can measure; for the others, why it cannot. */
final class Rows {
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> unchecked = new ArrayList<>();
    private final Map<RowId, BooleanSupplier> copied = new EnumMap<>(RowId.class);
    private final List<String> missing = new ArrayList<>();

    /** What not every kernel can; a failure to open it is no failure of the run. */
    @FunctionalInterface
    private interface Family {
        List<Row> open() throws IOException;
    }

    private Rows() {}

    /** For figures that come from elsewhere. */
    static Rows none() {
        return new Rows();
    }

    static Rows open(Site site, Sizes sizes, Rings rings) throws IOException {
        Rows all = new Rows();
        all.rows.addAll(BareRows.of(sizes));
        all.rows.addAll(TapRows.plain(site, sizes));
        all.rows.addAll(UdpRows.of(site, sizes));
        all.rows.addAll(BatchRows.of(site, sizes));
        all.tryToOpen("super-frames of a TAP", () -> TapRows.superFrames(site, sizes));
        all.tryToOpen("UDP_SEGMENT", () -> List.of(UdpRows.segmented(site, sizes)));
        all.tryToOpen("UDP_GRO", () -> List.of(UdpRows.coalesced(site, sizes)));
        all.tryToOpen("MSG_ZEROCOPY", () -> all.watched(ZeroCopyRows.flagged(site, sizes, true)));
        all.tryToOpen("MSG_ZEROCOPY over loopback", () -> all.watched(ZeroCopyRows.flagged(site, sizes, false)));
        all.tryToOpen("everything by io_uring", () -> all.byRing(site, sizes, rings));
        return all;
    }

    private List<Row> byRing(Site site, Sizes sizes, Rings rings) throws IOException {
        List<Row> opened = new ArrayList<>(UringRows.of(site, sizes, rings));
        for (UringRequest request :
                List.of(UringRequest.SEND, UringRequest.SEND_ZERO_COPY, UringRequest.SEND_ZERO_COPY_REGISTERED)) {
            opened.addAll(watched(ZeroCopyRows.byRing(site, sizes, rings, request)));
        }
        return opened;
    }

    private void tryToOpen(String what, Family family) {
        try {
            unchecked.addAll(family.open());
        } catch (IOException e) {
            missing.add("not measured: " + what + ": " + e.getMessage());
        }
    }

    private List<Row> watched(ZeroCopyRows.ZeroCopyRow row) {
        copied.put(row.row().id(), row.copied());
        return List.of(row.row());
    }

    /** Tries everything once: a kernel may take a request and then refuse to carry it out. */
    void check(Meter meter) throws IOException {
        for (Row row : rows) {
            check(row, meter);
        }
        for (Row row : unchecked) {
            try {
                check(row, meter);
                rows.add(row);
            } catch (IOException e) {
                missing.add("not measured: " + row.name() + ": " + e.getMessage());
            }
        }
        unchecked.clear();
    }

    private static void check(Row row, Meter meter) throws IOException {
        for (Row.Cell cell : row.cells()) {
            meter.check(cell.crossing());
        }
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    List<String> missing() {
        return List.copyOf(missing);
    }

    /** Whether the kernel has said that it copied what was to be sent without a copy. */
    boolean hasCopied(RowId id) {
        return copied.containsKey(id) && copied.get(id).getAsBoolean();
    }
}
