package dev.culvert.bench.crypto;

import dev.culvert.crypto.AeadEngine;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one engine costs, round by round. Each round has a virtual machine of its own: how well Java code gets compiled,
 * and where buffers come to lie, is decided once in a process, and moves a figure by up to a factor of two.
 */
final class EngineFigures {
    /** Far more than a round takes with a slice of 40 ms, on a machine that is busy with something else. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final AeadEngine engine;
    private final Map<Key, List<Cost>> rounds = new HashMap<>();
    private boolean settled = true;

    private record Key(Operation operation, int bytes) {}

    EngineFigures(AeadEngine engine) {
        this.engine = engine;
    }

    AeadEngine engine() {
        return engine;
    }

    /** Of each round, in their order. */
    List<Cost> rounds(Operation operation, int bytes) {
        return rounds.getOrDefault(new Key(operation, bytes), List.of());
    }

    /** Whether every warm-up came to an end. */
    boolean isSettled() {
        return settled;
    }

    void measureRound(CryptoSettings settings) throws IOException {
        List<String> lines = run(settings);
        List<MeasuredLine> measured =
                lines.stream().flatMap(line -> MeasuredLine.of(line).stream()).toList();
        if (measured.size() != CryptoSettings.SIZES.size() * Operation.values().length) {
            throw failure(lines);
        }
        measured.forEach(each -> rounds.computeIfAbsent(new Key(each.operation(), each.bytes()), _ -> new ArrayList<>())
                .add(each.cost()));
        settled &= !lines.contains(EngineMain.UNSETTLED);
    }

    private List<String> run(CryptoSettings settings) throws LabException {
        try (LabProcess process = LabProcess.startJvm(
                engine.name(),
                EngineMain.class,
                engine.suite().name(),
                engine.name(),
                Long.toString(settings.slice().toNanos()),
                Integer.toString(settings.maxWarmUpRounds()))) {
            int exitCode = process.awaitExit(LIMIT);
            if (exitCode != 0) {
                throw new LabException(
                        "it ended with exit code %d: %s".formatted(exitCode, String.join(" | ", process.log())));
            }
            return process.log();
        } catch (LabException e) {
            throw new LabException("measuring %s: %s".formatted(engine.name(), e.getMessage()), e);
        }
    }

    private LabException failure(List<String> lines) {
        return new LabException(
                "measuring %s: not all figures came: %s".formatted(engine.name(), String.join(" | ", lines)));
    }
}
