package dev.culvert.cli;

import dev.culvert.cli.control.NotRunningException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How failures are told: what a user can cause gets a sentence, a defect of ours its stack trace. */
final class Failures {
    private Failures() {}

    static int onWrongUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(programOf(command) + ": " + messageOf(wrong));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try: %s --help".formatted(command.getCommandSpec().qualifiedName()));
        return ExitCodes.USAGE;
    }

    private static String programOf(CommandLine command) {
        return command.getCommandSpec().root().name();
    }

    private static String messageOf(ParameterException wrong) {
        return wrong instanceof UnmatchedArgumentException unmatched
                ? "unknown command, option or argument: " + String.join(" ", unmatched.getUnmatched())
                : String.valueOf(wrong.getMessage());
    }

    static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        if (isEnding()) {
            return ExitCodes.FAILED; // of the signal that ends us: everything is being taken down, and fails
        }
        PrintWriter err = command.getErr();
        String program = programOf(command) + ": ";
        switch (failure) {
            case NotRunningException notRunning -> {
                err.println(program + notRunning.getMessage());
                return ExitCodes.NOT_RUNNING;
            }
            // its message is only a path
            case FileSystemException file -> err.println(program + kindOf(file) + ": " + file.getMessage());
            case IOException told -> err.println(program + told.getMessage());
            case InterruptedException _ -> Thread.currentThread().interrupt();
            default -> {
                err.println(program + "this is a defect of Culvert, please report it:");
                failure.printStackTrace(err);
            }
        }
        return ExitCodes.FAILED;
    }

    private static boolean isEnding() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }

    /** {@code NoSuchFileException} to {@code no such file}. */
    private static String kindOf(FileSystemException failure) {
        String words =
                failure.getClass().getSimpleName().replace("Exception", "").replaceAll("(?<!^)([A-Z])", " $1");
        return words.toLowerCase(Locale.ROOT);
    }
}
