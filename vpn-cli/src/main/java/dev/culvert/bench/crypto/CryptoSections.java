package dev.culvert.bench.crypto;

import dev.culvert.bench.result.LeastSquares;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import dev.culvert.crypto.AeadEngine;
import dev.culvert.crypto.CipherSuite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Puts what the cells have measured into the form of a result. */
final class CryptoSections {
    private static final int FULL_FRAME = 1420;
    private static final int JUMBO_FRAME = 8900;

    private final List<Cell> cells;

    CryptoSections(List<Cell> cells) {
        this.cells = cells;
    }

    List<Section> all() {
        List<Section> sections = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.values()) {
            if (cells.stream().anyMatch(cell -> cell.engine().suite() == suite)) {
                sections.add(costs(suite, Operation.SEAL));
                sections.add(costs(suite, Operation.OPEN));
                sections.add(speed(suite, FULL_FRAME));
                sections.add(speed(suite, JUMBO_FRAME));
                sections.add(garbage(suite));
            }
        }
        return sections;
    }

    private Section costs(CipherSuite suite, Operation operation) {
        Map<String, List<Section.Point>> byEngine = new LinkedHashMap<>();
        for (Cell cell : cells) {
            AeadEngine engine = cell.engine();
            if (engine.suite() == suite && cell.operation() == operation) {
                byEngine.computeIfAbsent(engine.name(), _ -> new ArrayList<>())
                        .add(new Section.Point(cell.bytes(), samples(cell, Cost::nanos)));
            }
        }
        List<Section.Curve> curves = new ArrayList<>();
        byEngine.forEach(
                (name, points) -> curves.add(new Section.Curve(name, points, Optional.of(LeastSquares.of(points)))));
        return new Section.Curves(
                suite.text() + "-" + operation.text(),
                "To %s a packet with %s".formatted(operation.text(), suite.text()),
                "Processor time of one warm thread, from direct buffer to direct buffer. The line is a fixed cost a"
                        + " packet and a cost a byte; sizes are those of the plaintext, without the tag.",
                Quantity.COST,
                curves);
    }

    private Section speed(CipherSuite suite, int bytes) {
        return new Section.Bars(
                "%s-speed-%d".formatted(suite.text(), bytes),
                "%s, packets of %d bytes".formatted(suite.text(), bytes),
                "Plaintext that one core seals, or opens, while it does nothing else; 1 GB is 10^9 bytes.",
                Quantity.SPEED,
                Optional.empty(),
                bars(suite, bytes, cost -> bytes / cost.nanos()));
    }

    private Section garbage(CipherSuite suite) {
        return new Section.Bars(
                suite.text() + "-garbage",
                "%s, garbage of a packet of %d bytes".formatted(suite.text(), FULL_FRAME),
                "What the engine allocates on the Java heap for each packet, by the thread's own allocation counter.",
                Quantity.GARBAGE,
                Optional.empty(),
                bars(suite, FULL_FRAME, Cost::garbageBytes));
    }

    private List<Section.Bar> bars(CipherSuite suite, int bytes, ToDoubleFunction<Cost> figure) {
        return cells.stream()
                .filter(cell -> cell.engine().suite() == suite && cell.bytes() == bytes)
                .map(cell -> new Section.Bar(
                        cell.engine().name() + " " + cell.operation().text(), samples(cell, figure)))
                .toList();
    }

    private static Samples samples(Cell cell, ToDoubleFunction<Cost> figure) {
        return Samples.of(cell.rounds().stream().mapToDouble(figure).toArray());
    }
}
