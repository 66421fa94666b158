package dev.culvert.bench.crypto;

import dev.culvert.bench.Progress;
import dev.culvert.bench.machine.ForeignLoad;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.machine.StealMeter;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
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
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures every engine at every size, in rounds: what disturbs a round disturbs all of them alike. */
public final class CryptoBench {
    private static final double NOTICEABLE_FOREIGN_PERCENT = 5;

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

    /** @throws IOException when none of the engines can be had, with the reason for each; or one failed while measured */
    public Report run() throws IOException {
        Instant began = Instant.now();
        long beganNanos = System.nanoTime();
        List<EngineFigures> engines = engines();
        Samples stealPercent = measure(engines);
        if (!engines.stream().allMatch(EngineFigures::isSettled)) {
            warnings.add("after " + settings.maxWarmUpRounds()
                    + " rounds of warming up costs still fell: the machine is busy, or figures are too high");
        }
        double seconds = Duration.ofNanos(System.nanoTime() - beganNanos).toMillis() / 1e3;
        return new Report(
                Report.FORMAT,
                "crypto",
                began,
                seconds,
                commandLine,
                Machine.environment(facts),
                stealPercent,
                new CryptoSections(engines).all(),
                warnings);
    }

    private List<EngineFigures> engines() throws IOException {
        List<EngineFigures> all = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.values()) {
            List<AeadEngine> engines = engines(suite);
            String names = engines.stream().map(AeadEngine::name).collect(Collectors.joining(", "));
            facts.put("engines of " + suite.text(), names.isEmpty() ? "none" : names);
            engines.forEach(engine -> all.add(new EngineFigures(engine)));
        }
        if (all.isEmpty()) {
            throw new IOException(String.join("; ", warnings));
        }
        return all;
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

    private Samples measure(List<EngineFigures> engines) throws IOException {
        double[] stealPercent = new double[settings.rounds()];
        List<EngineFigures> order = new ArrayList<>(engines);
        Random random = new Random(settings.rounds());
        double steps = (double) settings.rounds() * engines.size();
        int done = 0;
        double foreignPercent = 0;
        for (int round = 0; round < settings.rounds(); round++) {
            Collections.shuffle(order, random);
            StealMeter steal = StealMeter.start();
            ForeignLoad others = ForeignLoad.start(List.of());
            for (EngineFigures engine : order) {
                progress.onStep(
                        "round %d of %d: %s".formatted(round + 1, settings.rounds(), engine.text()), done++ / steps);
                engine.measureRound(settings);
            }
            stealPercent[round] = steal.percent();
            foreignPercent = Math.max(foreignPercent, others.percent());
        }
        if (foreignPercent > NOTICEABLE_FOREIGN_PERCENT) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Other programs took up to %.0f %% of the processors' time in a round: repeat it when nothing else runs.",
                    foreignPercent));
        }
        return Samples.of(stealPercent);
    }
}
