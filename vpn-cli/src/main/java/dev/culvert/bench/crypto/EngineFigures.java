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
    /** On a machine that is busy with something else, and to start a virtual machine there. */
    private static final int TIMES_SLOWER = 10;

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final int FIGURES = CryptoSettings.SIZES.size() * Operation.values().length;
    private static final int KILLED = 128 + 9;

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

    /** For people: {@code aes-256-gcm by openssl}. */
    String text() {
        return engine.suite().text() + " by " + engine.name();
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
        if (measured.size() != FIGURES) {
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
            Duration limit = limit(settings);
            int exitCode = process.awaitExit(limit);
            if (exitCode == KILLED) {
                throw new LabException(
                        "it was not done after %d s: the machine is too busy".formatted(limit.toSeconds()));
            }
            if (exitCode != 0) {
                throw new LabException(
                        "it ended with exit code %d: %s".formatted(exitCode, String.join(" | ", process.log())));
            }
            return process.log();
        } catch (LabException e) {
            throw new LabException("measuring %s: %s".formatted(text(), e.getMessage()), e);
        }
    }

    private static Duration limit(CryptoSettings settings) {
        long slices = (long) FIGURES * (settings.maxWarmUpRounds() + EngineMain.PASSES);
        return START_LIMIT.plus(settings.slice().multipliedBy(TIMES_SLOWER * slices));
    }

    private LabException failure(List<String> lines) {
        return new LabException("measuring %s: not all figures came: %s".formatted(text(), String.join(" | ", lines)));
    }
}
