package dev.culvert.cli.demo;

import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The demo from an empty machine to an empty machine. */
public final class Demo {
    private static final Path LINKS = Path.of("/sys/class/net");

    private final Steps steps;

    public Demo(Steps steps) {
        this.steps = steps;
    }

    /** Called when all is measured and everything still runs. */
    @FunctionalInterface
    public interface Guest {
        void onReady(DemoReport report, List<LabHost> hosts) throws IOException;
    }

    /** Whatever happens, everything is removed when this returns. */
    public void run(Guest guest) throws Exception {
        Lab lab = Lab.open("ping");
        try {
            Set<String> linksBefore = links();
            Scenario scenario = new Scenario(lab, steps);
            guest.onReady(scenario.run(), scenario.hosts());
            steps.step(
                    "clean-up",
                    () -> cleanUp(lab, linksBefore),
                    _ -> "no process, namespace, interface or key is left");
        } finally {
            lab.close(); // does nothing after the step above
        }
    }

    private static Lab cleanUp(Lab lab, Set<String> linksBefore) throws IOException {
        lab.close();
        List<String> remains = Stream.concat(
                        lab.remains().stream(),
                        links().stream()
                                .filter(link -> !linksBefore.contains(link))
                                .map(link -> "interface " + link))
                .toList();
        if (!remains.isEmpty()) {
            throw new LabException("left behind: " + String.join(", ", remains));
        }
        return lab;
    }

    private static Set<String> links() throws IOException {
        try (Stream<Path> links = Files.list(LINKS)) {
            return links.map(link -> link.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
