package dev.culvert.bench.crossing;

import dev.culvert.bench.Progress;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.machine.StealMeter;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.lab.Lab;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Measures every row at every size, in rounds, so that whatever the machine does meanwhile falls on all of them alike. */
public final class CrossingBench {
    private static final int ROWS_A_STEP = 9;
    private static final double MILLIS_PER_SECOND = 1000;

    private final CrossingSettings settings;
    private final Progress progress;

    public CrossingBench(CrossingSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** @throws IOException when not root, or without TAPs: one line that says so */
    public Report run() throws IOException {
        Instant began = Instant.now();
        try (Lab lab = Lab.open();
                Rings rings = new Rings()) {
            Site site = Site.build(lab);
            Rows rows = Rows.open(site, settings.sizes(), rings);
            Gate gate = lab.keep(new Gate()); // after all devices and sockets, so it closes before them
            Meter meter = new Meter(gate);
            progress.onStep("warming up", 0);
            rows.warmUp(meter);
            Figures figures = new Figures();
            List<Double> steal = new ArrayList<>();
            for (int round = 1; round <= settings.rounds(); round++) {
                StealMeter stolen = StealMeter.start();
                measure(rows, meter, figures, round);
                steal.add(stolen.percent());
            }
            double seconds = Duration.between(began, Instant.now()).toMillis() / MILLIS_PER_SECOND;
            Findings findings = new Findings(figures, rows);
            return new Report(
                    Report.FORMAT,
                    "crossing",
                    began,
                    seconds,
                    settings.text(),
                    Machine.environment(site.facts()),
                    new Samples(steal),
                    findings.sections(),
                    findings.warnings());
        }
    }

    private void measure(Rows rows, Meter meter, Figures figures, int round) throws IOException {
        int done = 0;
        List<Row> now = rows.rows();
        for (Row row : now) {
            if (done % ROWS_A_STEP == 0) {
                double share = (round - 1 + (double) done / now.size()) / settings.rounds();
                progress.onStep("round %d of %d, from: %s".formatted(round, settings.rounds(), row.name()), share);
            }
            done++;
            rows.measure(row, meter, settings.budgetNanos(), figures);
        }
    }
}
