package dev.culvert.peers;

import dev.culvert.lab.LabException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Peers that run for somebody else to measure: for a person, who presses Enter when done, or for a command. */
record ByHand(Gathering gathering) {
    /** What to type. */
    void invite(PrintWriter err) {
        err.println("Everything runs. By hand, as root, in two other terminals:");
        err.println("    ip netns exec %s iperf3 -s".formatted(gathering.two().namespace()));
        for (RunningPeer peer : gathering.running()) {
            err.println("    ip netns exec %s iperf3 -c %-11s # %s"
                    .formatted(gathering.one().namespace(), peer.secondAddress(), peer.name()));
        }
        err.println("Enter ends it and removes everything.");
        err.flush();
    }

    /**
     * Runs {@code command} once for each peer, with this program's input and output; the environment says which it is.
     *
     * @throws LabException when it fails
     */
    void run(List<String> command) throws IOException {
        for (RunningPeer peer : gathering.running()) {
            run(command, peer);
        }
    }

    private void run(List<String> command, RunningPeer peer) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment(peer));
        Process process = builder.start();
        AutoCloseable _ = gathering.lab().keep(() -> end(process));
        try {
            int exitCode = process.waitFor();
            peer.ensureAlive();
            if (exitCode != 0) {
                throw new LabException(
                        "%s: %s: exit code %d".formatted(peer.name(), String.join(" ", command), exitCode));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(peer.name() + ": interrupted", e);
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Map<String, String> environment(RunningPeer peer) {
        return Map.of(
                "PEER_NAME", peer.name(),
                "PEER_PIDS",
                        peer.processes().stream()
                                .map(process -> Long.toString(process.pid()))
                                .collect(Collectors.joining(" ")),
                "NEAR_NAMESPACE", gathering.one().namespace(),
                "NEAR_ADDRESS", peer.firstAddress(),
                "FAR_NAMESPACE", gathering.two().namespace(),
                "FAR_ADDRESS", peer.secondAddress());
    }
}
