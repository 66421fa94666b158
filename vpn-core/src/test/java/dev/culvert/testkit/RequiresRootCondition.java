package dev.culvert.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

final class RequiresRootCondition implements ExecutionCondition {
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern EFFECTIVE_ROOT = Pattern.compile("Uid:\\s+\\d+\\s+0\\s.*"); // proc_pid_status(5)

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return decide(missing(), Boolean.getBoolean("culvert.requireRoot"));
    }

    static ConditionEvaluationResult decide(Optional<String> missing, boolean required) {
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("root, and " + TUN + " exists");
        }
        if (required) {
            throw new IllegalStateException("culvert.requireRoot is true, but " + missing.get());
        }
        return ConditionEvaluationResult.disabled(missing.get());
    }

    private static Optional<String> missing() {
        if (!Files.exists(TUN)) {
            return Optional.of("there is no " + TUN + " (modprobe tun)");
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            boolean root = lines.anyMatch(EFFECTIVE_ROOT.asMatchPredicate());
            return root ? Optional.empty() : Optional.of("this is not root");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
