package dev.culvert.bench.crypto;

import dev.culvert.bench.result.LeastSquares;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import dev.culvert.crypto.CipherSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Puts what was measured into the form of a result. */
final class CryptoSections {
    private static final int FULL_FRAME = 1420;
    private static final int JUMBO_FRAME = 8900;

    private final List<EngineFigures> engines;

    CryptoSections(List<EngineFigures> engines) {
        this.engines = engines;
    }

    List<Section> all() {
        List<Section> sections = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.values()) {
            if (of(suite).findAny().isPresent()) {
                for (Operation operation : Operation.values()) {
                    sections.add(costs(suite, operation));
                    sections.add(speed(suite, operation, FULL_FRAME));
                    sections.add(speed(suite, operation, JUMBO_FRAME));
                    sections.add(garbage(suite, operation));
                }
            }
        }
        return sections;
    }

    private Section costs(CipherSuite suite, Operation operation) {
        List<Section.Curve> curves =
                of(suite).map(each -> curve(each, operation)).toList();
        return new Section.Curves(
                suite.text() + "-" + operation.text(),
                "To %s a packet with %s".formatted(operation.text(), suite.text()),
                "Processor time of one warm thread, in a process of its own each round, from direct buffer to direct buffer."
                        + " The line is a fixed cost a packet and a cost a byte; sizes are those of the plaintext,"
                        + " without the tag.",
                Quantity.COST,
                curves);
    }

    private Section speed(CipherSuite suite, Operation operation, int bytes) {
        return new Section.Bars(
                "%s-%s-speed-%d".formatted(suite.text(), operation.text(), bytes),
                "To %s packets of %d bytes with %s".formatted(operation.text(), bytes, suite.text()),
                "Plaintext that one core gets done while it does nothing else; 1 GB is 10^9 bytes.",
                Quantity.SPEED,
                Optional.empty(),
                bars(suite, operation, bytes, cost -> bytes / cost.nanos()));
    }

    private Section garbage(CipherSuite suite, Operation operation) {
        return new Section.Bars(
                "%s-%s-garbage".formatted(suite.text(), operation.text()),
                "To %s a packet of %d bytes with %s: garbage".formatted(operation.text(), FULL_FRAME, suite.text()),
                "What the engine allocates on the Java heap for each packet, by the thread's own allocation counter.",
                Quantity.GARBAGE,
                Optional.empty(),
                bars(suite, operation, FULL_FRAME, Cost::garbageBytes));
    }

    private static Section.Curve curve(EngineFigures figures, Operation operation) {
        List<Section.Point> points = CryptoSettings.SIZES.stream()
                .map(bytes -> new Section.Point(bytes, samples(figures, operation, bytes, Cost::nanos)))
                .toList();
        return new Section.Curve(figures.engine().name(), points, Optional.of(LeastSquares.of(points)));
    }

    private List<Section.Bar> bars(CipherSuite suite, Operation operation, int bytes, ToDoubleFunction<Cost> figure) {
        return of(suite)
                .map(each -> new Section.Bar(each.engine().name(), samples(each, operation, bytes, figure)))
                .toList();
    }

    private Stream<EngineFigures> of(CipherSuite suite) {
        return engines.stream().filter(each -> each.engine().suite() == suite);
    }

    private static Samples samples(
            EngineFigures figures, Operation operation, int bytes, ToDoubleFunction<Cost> figure) {
        return Samples.of(
                figures.rounds(operation, bytes).stream().mapToDouble(figure).toArray());
    }
}
