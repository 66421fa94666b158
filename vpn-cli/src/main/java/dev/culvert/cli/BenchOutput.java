package dev.culvert.cli;

import dev.culvert.bench.Progress;
import dev.culvert.bench.report.Comparison;
import dev.culvert.bench.report.ComparisonText;
import dev.culvert.bench.report.OutputFile;
import dev.culvert.bench.report.ReportText;
import dev.culvert.bench.report.RunComparison;
import dev.culvert.bench.report.SavedReport;
import dev.culvert.bench.report.html.Page;
import dev.culvert.bench.result.Report;
import dev.culvert.cli.render.Palette;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every benchmark does with what it found out: the options that say where it goes, and the going. */
public final class BenchOutput {
    private static final double LEAST_THRESHOLD = 1;
    private static final double MOST_THRESHOLD = 1000;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON instead of tables; progress goes to stderr.")
    private boolean json;

    @Option(names = "--save", paramLabel = "FILE", description = "Write the result as JSON, to be compared with later.")
    private @Nullable Path save;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the result as a page with plots, in one file.")
    private @Nullable Path html;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Compare with a saved result; exit code 1 when something got worse past the threshold.")
    private @Nullable Path against;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "Of --against: how much worse is too much; ${DEFAULT-VALUE} when left out.")
    private double threshold;

    private Optional<Report> before = Optional.empty();

    private @Nullable BenchProgress progress;

    /** Shows on stderr how far the run is. */
    public Progress progress() {
        BenchProgress shown = new BenchProgress(spec.commandLine().getErr(), isTerminal(), width());
        progress = shown;
        return shown;
    }

    /** Refuses, before anything is measured, what could not be delivered afterwards. */
    public void check() throws IOException {
        mustDiffer(html, "--html", save, "--save");
        mustDiffer(html, "--html", against, "--against");
        if (!(threshold >= LEAST_THRESHOLD && threshold <= MOST_THRESHOLD)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--threshold: expected %.0f to %.0f percent".formatted(LEAST_THRESHOLD, MOST_THRESHOLD));
        }
        if (save != null) {
            OutputFile.check(save);
        }
        if (html != null) {
            OutputFile.check(html);
        }
        if (against != null) {
            Report read = SavedReport.read(against);
            if (!spec.name().equals(BenchShowCommand.NAME)) {
                mustBeOf(spec.name(), read);
            }
            before = Optional.of(read);
        }
    }

    /** @param shown a result that is on the disk already */
    void mustNotReplace(Path shown) throws IOException {
        mustDiffer(html, "--html", shown, "the result");
    }

    /** Or the one would take the place of the other. */
    private void mustDiffer(@Nullable Path one, String its, @Nullable Path other, String others) throws IOException {
        boolean isSame = one != null
                && other != null
                && (one.toAbsolutePath()
                                .normalize()
                                .equals(other.toAbsolutePath().normalize())
                        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other)));
        if (isSame) {
            throw new ParameterException(
                    spec.commandLine(), "%s and %s: the same file, %s: name another".formatted(its, others, one));
        }
    }

    private void mustBeOf(String benchmark, Report other) throws IOException {
        if (!other.benchmark().equals(benchmark)) {
            throw new IOException("%s: a result of bench %s, not of bench %s: name another"
                    .formatted(against, other.benchmark(), benchmark));
        }
    }

    /** Saves and prints; returns the exit code. */
    public int deliver(Report report) throws IOException {
        if (progress != null) {
            progress.clear();
        }
        if (before.isPresent()) {
            mustBeOf(report.benchmark(), before.get());
        }
        // first: whatever happens to the rest, the figures are safe
        Optional<IOException> unsaved = failure(save, file -> SavedReport.write(file, report));
        Optional<Comparison> comparison = before.map(each -> RunComparison.of(each, report, threshold / 100));
        Optional<IOException> unwritten = failure(html, file -> OutputFile.write(file, Page.of(report, comparison)));
        PrintWriter out = spec.commandLine().getOut();
        print(out, json ? SavedReport.json(report) + "\n" : ReportText.of(report, width(), palette()));
        // JSON is for a program, which wants nothing behind it
        comparison.ifPresent(each -> print(
                json ? spec.commandLine().getErr() : out,
                (json ? "" : "\n") + ComparisonText.of(each, width(), palette())));
        Optional<IOException> failure = unsaved.or(() -> unwritten);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return comparison.map(Comparison::isWorse).orElse(false) ? ExitCodes.FAILED : ExitCodes.OK;
    }

    @FunctionalInterface
    private interface Writing {
        void into(Path file) throws IOException;
    }

    /** Told at the end: what could not be saved is printed all the same. */
    private static Optional<IOException> failure(@Nullable Path file, Writing writing) {
        try {
            if (file != null) {
                writing.into(file);
            }
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(refused);
        }
    }

    private static void print(PrintWriter out, String text) {
        out.print(text);
        out.flush();
    }

    private static Palette palette() {
        return isTerminal() ? Palette.COLOURED : Palette.PLAIN;
    }

    private static int width() {
        return TerminalWidth.columns(isTerminal());
    }

    /** One that takes colours, which NO_COLOR denies. */
    private static boolean isTerminal() {
        return Ansi.AUTO.enabled();
    }
}
