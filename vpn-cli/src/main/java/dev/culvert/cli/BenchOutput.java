package dev.culvert.cli;

import dev.culvert.bench.Progress;
import dev.culvert.bench.result.Report;
import dev.culvert.cli.control.Json;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every benchmark does with what it found out: the options that say where it goes, and the going. */
public final class BenchOutput {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON; progress goes to stderr.")
    private boolean json;

    /** Shows on stderr how far the run is. */
    public Progress progress() {
        return (what, done) -> spec.commandLine().getErr().printf("%3.0f %% %s%n", 100 * done, what);
    }

    /** Refuses, before anything is measured, what could not be delivered afterwards. */
    public void check() throws IOException {}

    /** Prints and saves; returns the exit code. */
    public int deliver(Report report) throws IOException {
        if (json) {
            spec.commandLine().getOut().println(Json.pretty(report));
        }
        return ExitCodes.OK;
    }
}
