package dev.culvert.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Numbers on the command line that have to lie between two others. */
final class OptionLimits {
    private OptionLimits() {}

    static void check(CommandSpec spec, String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s: expected %s to %s, found %s".formatted(option, text(least), text(most), text(value)));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
