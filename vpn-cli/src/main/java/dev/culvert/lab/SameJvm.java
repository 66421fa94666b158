package dev.culvert.lab;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line of another program of Culvert's with the Java, the flags and the class path of this one, however it was started. */
final class SameJvm {
    private static final String MAIN = "dev.culvert.cli.Main";

    private SameJvm() {}

    static List<String> culvert(String... arguments) {
        return run(MAIN, arguments);
    }

    static List<String> run(Class<?> main, String... arguments) {
        return run(main.getName(), arguments);
    }

    private static List<String> run(String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(SameJvm::isInherited)
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Flags of the virtual machine, but no agents and no properties of whoever started us (Surefire, an IDE). */
    private static boolean isInherited(String argument) {
        return argument.startsWith("--") || argument.startsWith("-X");
    }
}
