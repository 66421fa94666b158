package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was measured: nanoseconds a frame, by row and size, once a round. */
final class Figures {
    private final Map<RowId, TreeMap<Integer, List<Double>>> nanos = new EnumMap<>(RowId.class);
    private final Map<RowId, String> names = new EnumMap<>(RowId.class);

    void add(Row row, int bytes, double nanosPerFrame) {
        names.put(row.id(), row.name());
        nanos.computeIfAbsent(row.id(), _ -> new TreeMap<>())
                .computeIfAbsent(bytes, _ -> new ArrayList<>())
                .add(nanosPerFrame);
    }

    /** Of a row that could not be measured to the end. */
    void forget(RowId id) {
        nanos.remove(id);
    }

    boolean has(RowId id) {
        return nanos.containsKey(id);
    }

    String name(RowId id) {
        return Optional.ofNullable(names.get(id)).orElseThrow();
    }

    /** Of a row that has no sizes. */
    Samples at(RowId id) {
        return at(id, 0);
    }

    Samples at(RowId id, int bytes) {
        return new Samples(Optional.ofNullable(cells(id).get(bytes)).orElseThrow());
    }

    List<Section.Point> points(RowId id) {
        return cells(id).entrySet().stream()
                .map(cell -> new Section.Point(cell.getKey(), new Samples(cell.getValue())))
                .toList();
    }

    private Map<Integer, List<Double>> cells(RowId id) {
        return Optional.ofNullable(nanos.get(id)).orElseThrow();
    }
}
