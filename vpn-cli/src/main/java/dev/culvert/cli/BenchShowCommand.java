package dev.culvert.cli;

import dev.culvert.bench.report.SavedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Override
    public Integer call() throws IOException {
        output.check();
        return output.deliver(SavedReport.read(file));
    }
}
