package dev.culvert.cli;

import dev.culvert.bench.report.SavedReport;
import dev.culvert.bench.report.html.PlotFiles;
import dev.culvert.bench.result.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code culvert bench show}. */
@Command(
        name = BenchShowCommand.NAME,
        description = "Show a saved result again: as a table, JSON or a page, or against another.")
final class BenchShowCommand implements Callable<Integer> {
    static final String NAME = "show";

    @Mixin
    private BenchOutput output;

    @Parameters(paramLabel = "FILE", description = "What --save wrote.")
    private Path file;

    @Option(
            names = "--plots",
            paramLabel = "FOLDER",
            description = "Write each plot as SVG into this folder, which must be there.")
    private @Nullable Path plots;

    @Override
    public Integer call() throws IOException {
        output.mustNotReplace(file);
        output.check();
        if (plots != null && !Files.isDirectory(plots)) {
            throw new IOException(plots + ": no such folder: make it first");
        }
        Report report = SavedReport.read(file);
        if (plots != null) {
            PlotFiles.write(plots, report);
        }
        return output.deliver(report);
    }
}
