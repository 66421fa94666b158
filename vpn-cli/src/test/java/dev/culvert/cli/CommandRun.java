package dev.culvert.cli;

import dev.culvert.cli.render.StatusSamples;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** One command in this JVM, and what it said. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(Path runDirectory, String stdin, String... args) {
        CommandContext context = new CommandContext(
                ScriptedTunnel::start,
                Map.of("CULVERT_RUN_DIR", runDirectory.toString()),
                () -> StatusSamples.NOW,
                _ -> {
                    throw new InterruptedException("one look is enough");
                },
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = CulvertCommandLine.of(context)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        int exitCode = commandLine.execute(args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
