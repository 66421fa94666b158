package dev.culvert.bench.crypto;

import dev.culvert.crypto.AeadEngine;
import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.CipherSuite;
import dev.culvert.crypto.NoAeadEngineException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The process that measures one engine once: warms up, prints a line for each figure, ends. One engine to a process, as
 * in a tunnel: engines that share a virtual machine spoil each other's compiled code.
 */
final class EngineMain {
    /** Where costs still fell when the warm-up was given up. */
    static final String UNSETTLED = "unsettled";

    /**
     * Of each figure the cheapest is kept: what runs on the other half of a processor core makes ours up to half as dear
     * again, and nothing makes it cheaper.
     */
    static final int PASSES = 5;

    private EngineMain() {}

    /** @param arguments cipher suite (name of the constant), engine, nanoseconds of a slice, most rounds of warming up */
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("parent watch").start(EngineMain::endWithInput);
        try {
            measure(
                    AeadEngines.choose(CipherSuite.valueOf(arguments[0]), List.of(arguments[1]))
                            .engine(),
                    Duration.ofNanos(Long.parseLong(arguments[2])),
                    Integer.parseInt(arguments[3]));
            System.exit(0);
        } catch (NoAeadEngineException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void measure(AeadEngine engine, Duration slice, int maxWarmUpRounds) {
        List<Cell> cells = new ArrayList<>();
        try {
            for (Operation operation : Operation.values()) {
                CryptoSettings.SIZES.forEach(bytes -> cells.add(new Cell(engine, operation, bytes)));
            }
            if (!new WarmUp(cells, slice, maxWarmUpRounds).run()) {
                System.out.println(UNSETTLED);
            }
            Map<Cell, Cost> least = new LinkedHashMap<>();
            for (int pass = 0; pass < PASSES; pass++) {
                Collections.shuffle(cells); // nobody is always measured behind the same neighbour
                cells.forEach(cell -> least.merge(cell, cell.run(slice), Cost::least));
            }
            least.forEach(
                    (cell, cost) -> System.out.println(new MeasuredLine(cell.operation(), cell.bytes(), cost).text()));
        } finally {
            cells.forEach(Cell::close);
        }
    }

    /** However whoever started us has ended, nobody reads the figures any more. */
    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException _) {
            // likewise gone
        }
        Runtime.getRuntime().halt(1);
    }
}
