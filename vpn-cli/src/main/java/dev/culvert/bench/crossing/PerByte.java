package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a kilobyte costs when a crossing carries little, and when it carries much. */
final class PerByte {
    private static final Quantity QUANTITY = new Quantity("cost of carrying", "ns/KB", Quantity.Better.LOWER);
    private static final double KILOBYTE = 1000;

    private record Pair(String small, RowId smallRow, String large, RowId largeRow) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair("TAP read", RowId.TAP_READ, "TAP read of one long frame", RowId.TAP_READ),
            new Pair("TAP read", RowId.TAP_READ, "TAP read of a super-frame", RowId.TAP_READ_SUPER),
            new Pair("TAP write", RowId.TAP_WRITE_DROPPED, "TAP write of one long frame", RowId.TAP_WRITE_DROPPED),
            new Pair("TAP write", RowId.TAP_WRITE_DROPPED, "TAP write of a super-frame", RowId.TAP_WRITE_SUPER_DROPPED),
            new Pair(
                    "TAP write to a UDP socket",
                    RowId.TAP_WRITE_SOCKET,
                    "TAP write of a super-frame to a UDP socket",
                    RowId.TAP_WRITE_SUPER_SOCKET),
            new Pair("UDP send", RowId.UDP_SEND_AWAY, "UDP send with UDP_SEGMENT", RowId.UDP_SEND_SEGMENTED),
            new Pair("UDP receive", RowId.UDP_RECEIVE, "UDP receive with UDP_GRO", RowId.UDP_RECEIVE_COALESCED));

    private PerByte() {}

    static Section section(Figures figures) {
        List<Section.Bar> bars = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (Pair pair : PAIRS) {
            if (!figures.has(pair.smallRow) || !figures.has(pair.largeRow)) {
                continue;
            }
            Section.Point largest = figures.points(pair.largeRow).getLast();
            Samples small = perKilobyte(figures.at(pair.smallRow, Sizes.EVERYDAY), Sizes.EVERYDAY);
            Samples large = perKilobyte(largest.samples(), (double) largest.bytes());
            String smallName = pair.small + ", " + Wording.bytes(Sizes.EVERYDAY);
            if (bars.stream().noneMatch(bar -> bar.name().equals(smallName))) {
                bars.add(new Section.Bar(smallName, small));
            }
            bars.add(new Section.Bar(pair.large + ", " + Wording.bytes(largest.bytes()), large));
            findings.add("%s %s instead of %s, %s times less"
                    .formatted(
                            pair.large,
                            Wording.number(large.median()),
                            Wording.number(small.median()),
                            Wording.number(Wording.ratios(small, large).median())));
        }
        return new Section.Bars(
                "per-byte",
                "What does carrying 64 KB a crossing change?",
                "The price of 1,000 bytes, by how many bytes one system call carries. ns/KB: "
                        + String.join("; ", findings) + ".",
                QUANTITY,
                Optional.empty(),
                bars);
    }

    private static Samples perKilobyte(Samples nanos, double bytes) {
        return Wording.scaled(nanos, KILOBYTE / bytes);
    }
}
