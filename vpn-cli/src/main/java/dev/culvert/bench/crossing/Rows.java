package dev.culvert.bench.crossing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** All rows that this machine can measure; for the others, why it cannot. */
final class Rows {
    /** Everything that is said rests on these; without the others, less is said. */
    private static final Set<RowId> NEEDED = EnumSet.of(
            RowId.NATIVE_CALL,
            RowId.NATIVE_CALL_ERRNO,
            RowId.SYSTEM_CALL,
            RowId.SYSTEM_CALL_ERRNO,
            RowId.COPY_JVM,
            RowId.COPY_LIBC,
            RowId.TAP_READ,
            RowId.TAP_WRITE_DROPPED,
            RowId.TAP_WRITE_SOCKET);

    private static final long WARM_UP_NANOS = 150_000_000;

    private final List<Row> rows;
    private final List<String> missing = new ArrayList<>();

    /** What not every kernel can; a failure to open it is no failure of the run. */
    @FunctionalInterface
    private interface Family {
        List<Row> open() throws IOException;
    }

    Rows(List<Row> rows) {
        this.rows = new ArrayList<>(rows);
    }

    static Rows open(Site site, Sizes sizes, Rings rings) throws IOException {
        Rows all = new Rows(BareRows.of(sizes));
        all.rows.addAll(TapRows.plain(site, sizes));
        all.tryToOpen("super-frames of a TAP", () -> TapRows.superFrames(site, sizes));
        all.tryToOpen("TAP by io_uring", () -> UringRows.of(site, sizes, rings));
        all.tryToOpen("UDP", () -> UdpRows.of(site, sizes));
        all.tryToOpen("sendmmsg and recvmmsg", () -> BatchRows.of(site, sizes));
        all.tryToOpen("UDP_SEGMENT", () -> List.of(UdpRows.segmented(site, sizes)));
        all.tryToOpen("UDP_GRO", () -> List.of(UdpRows.coalesced(site, sizes)));
        all.tryToOpen("MSG_ZEROCOPY", () -> List.of(ZeroCopyRows.flaggedAway(site, sizes)));
        all.tryToOpen("MSG_ZEROCOPY over loopback", () -> List.of(ZeroCopyRows.flaggedOverLoopback(site, sizes)));
        for (ZeroCopyRows.ByRing kind : ZeroCopyRows.BY_RING) {
            all.tryToOpen(kind.name(), () -> List.of(ZeroCopyRows.byRing(kind, site, sizes, rings)));
        }
        return all;
    }

    private void tryToOpen(String what, Family family) {
        try {
            rows.addAll(family.open());
        } catch (IOException e) {
            missing.add(notMeasured(what, e));
        }
    }

    private static String notMeasured(String what, IOException e) {
        return "not measured: " + what + ": " + e.getMessage();
    }

    /**
     * Carries every size once, and one of each row until the compiler has nothing left to do: sizes do not matter to it.
     * What fails is left out from now on: a kernel may take a request and then refuse to carry it out.
     */
    void warmUp(Meter meter) throws IOException {
        for (Row row : rows()) {
            try {
                for (Row.Cell cell : row.cells()) {
                    meter.check(cell.crossing());
                }
                double _ = meter.nanosPerFrame(row.cells().getFirst().crossing(), WARM_UP_NANOS);
            } catch (IOException e) {
                leaveOut(row, e);
            }
        }
    }

    /** Measures one row at all its sizes; when that fails, it is left out, and so is what was measured of it before. */
    void measure(Row row, Meter meter, long budgetNanos, Figures figures) throws IOException {
        try {
            for (Row.Cell cell : row.cells()) {
                figures.add(row, cell.bytes(), meter.nanosPerFrame(cell.crossing(), budgetNanos));
            }
        } catch (IOException e) {
            figures.forget(row.id());
            leaveOut(row, e);
        }
    }

    private void leaveOut(Row row, IOException e) throws IOException {
        if (NEEDED.contains(row.id())) {
            throw new IOException(row.name() + ": " + e.getMessage(), e);
        }
        rows.remove(row);
        missing.add(notMeasured(row.name(), e));
    }

    /** As they are now. */
    List<Row> rows() {
        return List.copyOf(rows);
    }

    List<String> missing() {
        return List.copyOf(missing);
    }

    /** Whether the kernel has said that it copied what was to be sent without a copy. */
    boolean hasCopied(RowId id) {
        return rows.stream().anyMatch(row -> row.id() == id && row.hasCopied());
    }
}
