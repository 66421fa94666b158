package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.UringRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** All rows that this machine can measure; for the others, why it cannot. */
final class Rows {
    private final List<Row> rows = new ArrayList<>();
    private final Map<RowId, BooleanSupplier> copied = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    static Rows open(Site site, Sizes sizes, Rings rings) throws IOException {
        Rows all = new Rows();
        all.rows.addAll(BareRows.of(sizes));
        all.rows.addAll(TapRows.of(site, sizes));
        all.rows.addAll(UdpRows.of(site, sizes));
        all.rows.addAll(BatchRows.of(site, sizes));
        all.tryFamily("UDP_SEGMENT", () -> List.of(UdpRows.segmented(site, sizes)));
        all.tryFamily("UDP_GRO", () -> List.of(UdpRows.coalesced(site, sizes)));
        all.tryFamily("io_uring on a TAP", () -> UringRows.of(site, sizes, rings));
        all.tryFamily("MSG_ZEROCOPY", () -> all.flagged(ZeroCopyRows.flagged(site, sizes, true)));
        all.tryFamily("MSG_ZEROCOPY over loopback", () -> all.flagged(ZeroCopyRows.flagged(site, sizes, false)));
        for (UringRequest request :
                List.of(UringRequest.SEND, UringRequest.SEND_ZERO_COPY, UringRequest.SEND_ZERO_COPY_REGISTERED)) {
            all.tryFamily("io_uring " + request, () -> all.flagged(ZeroCopyRows.byRing(site, sizes, rings, request)));
        }
        return all;
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

    /** A batch of each cell shows what this kernel refuses, before an hour is spent on the others. */
    private void tryFamily(String what, Callable<List<Row>> family) throws IOException {
        try {
            List<Row> opened = family.call();
            for (Row row : opened) {
                for (Row.Cell cell : row.cells()) {
                    cell.crossing().prepare();
                    cell.crossing().run();
                    cell.crossing().settle();
                }
            }
            rows.addAll(opened);
        } catch (IOException e) {
            missing.add("not measured: " + what + ": " + e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Row> flagged(ZeroCopyRows.ZeroCopyRow row) {
        copied.put(row.row().id(), row.copied());
        return List.of(row.row());
    }
}
