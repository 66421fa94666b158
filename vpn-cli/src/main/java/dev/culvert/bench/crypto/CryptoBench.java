package dev.culvert.bench.crypto;

import dev.culvert.bench.Progress;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.machine.StealMeter;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import dev.culvert.crypto.AeadEngine;
import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.CipherSuite;
import dev.culvert.crypto.NoAeadEngineException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures every engine at every size, in rounds: what disturbs a round disturbs all of them alike. */
public final class CryptoBench {
    private final CryptoSettings settings;
    private final String commandLine;
    private final Progress progress;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();

    public CryptoBench(CryptoSettings settings, String commandLine, Progress progress) {
        this.settings = settings;
        this.commandLine = commandLine;
        this.progress = progress;
    }

    /** @throws IOException when none of the engines can be had; the message says why for each */
    public Report run() throws IOException {
        Instant began = Instant.now();
        long beganNanos = System.nanoTime();
        List<Cell> cells = cells();
        try {
            if (!new WarmUp(cells, settings.slice(), settings.maxWarmUpRounds(), progress).run()) {
                warnings.add("after " + settings.maxWarmUpRounds()
                        + " rounds of warming up costs still fell: the machine is busy, or figures are too high");
            }
            Samples stealPercent = measure(cells);
            List<Section> sections = new CryptoSections(cells).all();
            double seconds = Duration.ofNanos(System.nanoTime() - beganNanos).toMillis() / 1e3;
            return new Report(
                    Report.FORMAT,
                    "crypto",
                    began,
                    seconds,
                    commandLine,
                    Machine.environment(facts),
                    stealPercent,
                    sections,
                    warnings);
        } finally {
            cells.forEach(Cell::close);
        }
    }

    private List<Cell> cells() throws IOException {
        List<Cell> cells = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.values()) {
            List<AeadEngine> engines = engines(suite);
            String names = engines.stream().map(AeadEngine::name).collect(Collectors.joining(", "));
            facts.put("engines of " + suite.text(), names.isEmpty() ? "none" : names);
            for (AeadEngine engine : engines) {
                for (Operation operation : Operation.values()) {
                    CryptoSettings.SIZES.forEach(bytes -> cells.add(new Cell(engine, operation, bytes)));
                }
            }
        }
        if (cells.isEmpty()) {
            throw new IOException(String.join("; ", warnings));
        }
        return cells;
    }

    private List<AeadEngine> engines(CipherSuite suite) {
        List<AeadEngine> engines = new ArrayList<>();
        List<String> wanted = new ArrayList<>(settings.engines());
        Set<String> ofOtherSuites = new HashSet<>(AeadEngines.names());
        ofOtherSuites.removeAll(AeadEngines.names(suite));
        wanted.removeAll(ofOtherSuites); // without a warning: nobody expects them here
        for (String name : wanted) {
            try {
                engines.add(AeadEngines.choose(suite, List.of(name)).engine());
            } catch (NoAeadEngineException unavailable) {
                warnings.add(String.valueOf(unavailable.getMessage()));
            }
        }
        return engines;
    }

    private Samples measure(List<Cell> cells) throws IOException {
        double[] stealPercent = new double[settings.rounds()];
        List<Cell> order = new ArrayList<>(cells);
        Random random = new Random(settings.rounds());
        for (int round = 0; round < settings.rounds(); round++) {
            progress.onStep(
                    "round %d of %d".formatted(round + 1, settings.rounds()), (double) round / settings.rounds());
            Collections.shuffle(order, random); // nobody is always measured behind the same neighbour
            StealMeter steal = StealMeter.start();
            order.forEach(cell -> cell.measureRound(settings.slice()));
            stealPercent[round] = steal.percent();
        }
        return Samples.of(stealPercent);
    }
}
