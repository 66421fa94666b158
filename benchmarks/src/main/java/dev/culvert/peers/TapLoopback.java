package dev.culvert.peers;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabProcess;
import dev.culvert.peers.Place.End;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code tap-loopback.c}, compiled here and now: no cipher, no protocol, no network, no JVM. With offloads it is the bound for a
 * tunnel that carries super-frames, frame by frame for one that does not.
 */
final class TapLoopback implements Peer {
    static final String OFFLOADED = "TAP loopback (C)";
    private static final String PLAIN = "TAP loopback (C), frame by frame";

    private static final String SOURCE = "tap-loopback.c";
    private static final Duration START_LIMIT = Duration.ofSeconds(15);

    private final boolean offloads;

    TapLoopback(boolean offloads) {
        this.offloads = offloads;
    }

    @Override
    public String name() {
        return offloads ? OFFLOADED : PLAIN;
    }

    @Override
    public List<String> programs() {
        return List.of("gcc");
    }

    @Override
    public Optional<List<String>> versionCommand() {
        return Optional.of(List.of("gcc", "--version"));
    }

    @Override
    public RunningPeer start(Place place) throws IOException {
        Path program = compile(place);
        LabProcess process;
        try {
            List<String> command = new ArrayList<>(List.of(program.toString()));
            if (offloads) {
                command.add("--offload");
            }
            for (End end : place.ends()) {
                command.addAll(List.of(end.host().namespace(), end.device()));
            }
            process = place.one().start(command.toArray(String[]::new));
            process.awaitLine("ready", START_LIMIT);
        } finally {
            Files.deleteIfExists(program); // it runs without its file
        }
        for (End end : place.ends()) {
            end.configure(end.device(), process);
        }
        return RunningPeer.tunnel(name(), place, List.of(process));
    }

    /** Into a folder from which programs may be run, which /run often is not. */
    private static Path compile(Place place) throws IOException {
        Path source = place.folder().resolve(SOURCE);
        try (InputStream in = TapLoopback.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new LabException(SOURCE + ": not on the class path: build the module benchmarks again");
            }
            Files.copy(in, source);
        }
        Path program = Files.createTempFile("tap-loopback", "");
        AutoCloseable _ = place.lab().keep(() -> Files.deleteIfExists(program)); // should this run end right here
        place.one()
                .run(
                        "gcc",
                        "-O2",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-pthread",
                        "-o",
                        program.toString(),
                        source.toString())
                .orThrow();
        return program;
    }
}
