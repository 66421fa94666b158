package dev.culvert.bench.crypto;

import dev.culvert.bench.result.LeastSquares;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import dev.culvert.crypto.CipherSuite;
import java.util.ArrayList;
import java.util.Arrays;
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
        List<Section.Curve> curves =
                of(suite).map(each -> curve(each, operation)).toList();
        return new Section.Curves(
                suite.text() + "-" + operation.text(),
                "To %s a packet with %s".formatted(operation.text(), suite.text()),
                "Processor time of one warm thread, in a process of its own each round, from direct buffer to direct buffer. The line is a fixed cost a"
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

    private static Section.Curve curve(EngineFigures figures, Operation operation) {
        List<Section.Point> points = CryptoSettings.SIZES.stream()
                .map(bytes -> new Section.Point(bytes, samples(figures, operation, bytes, Cost::nanos)))
                .toList();
        return new Section.Curve(figures.engine().name(), points, Optional.of(LeastSquares.of(points)));
    }

    private List<Section.Bar> bars(CipherSuite suite, int bytes, ToDoubleFunction<Cost> figure) {
        return of(suite)
                .flatMap(each -> Arrays.stream(Operation.values())
                        .map(operation -> new Section.Bar(
                                each.engine().name() + " " + operation.text(),
                                samples(each, operation, bytes, figure))))
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
