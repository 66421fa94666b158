package dev.culvert.cli;

import dev.culvert.bench.Progress;
import dev.culvert.bench.report.OutputFile;
import dev.culvert.bench.report.ReportText;
import dev.culvert.bench.report.SavedReport;
import dev.culvert.bench.result.Report;
import dev.culvert.cli.render.Palette;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every benchmark does with what it found out: the options that say where it goes, and the going. */
public final class BenchOutput {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON instead of tables; progress goes to stderr.")
    private boolean json;

    @Option(names = "--save", paramLabel = "FILE", description = "Write the result as JSON, to be compared with later.")
    private @Nullable Path save;

    private @Nullable BenchProgress progress;

    /** Shows on stderr how far the run is. */
    public Progress progress() {
        BenchProgress shown = new BenchProgress(spec.commandLine().getErr(), isTerminal(), width());
        progress = shown;
        return shown;
    }

    /** Refuses, before anything is measured, what could not be delivered afterwards. */
    public void check() throws IOException {
        if (save != null) {
            OutputFile.check(save);
        }
    }

    /** Prints and saves; returns the exit code. */
    public int deliver(Report report) throws IOException {
        if (progress != null) {
            progress.clear();
        }
        // first: whatever happens to the terminal, the figures are safe
        if (save != null) {
            SavedReport.write(save, report);
        }
        print(json ? SavedReport.json(report) + "\n" : ReportText.of(report, width(), palette()));
        return ExitCodes.OK;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
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
