package dev.culvert.lab;

import dev.culvert.cli.control.RunDirectory;
import dev.culvert.device.linux.NetworkNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A host of the lab: a network namespace, with loopback up. */
public final class LabHost {
    private static final String RUN_DIRECTORY = "CULVERT_RUN_DIR";
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

    private final Lab lab;
    private final String name;
    private final String namespace;
    private final String runDirectory;
    private final AtomicInteger ports = new AtomicInteger();

    LabHost(Lab lab, String name, String namespace) throws LabException {
        this.lab = lab;
        this.name = name;
        this.namespace = namespace;
        this.runDirectory = Namespaces.runDirectory(namespace).toString();
    }

    /** In the lab. */
    public String name() {
        return name;
    }

    /** What {@code ip netns} calls it. */
    public String namespace() {
        return namespace;
    }

    /** Runs a command to its end, whatever its exit code. */
    public CommandResult run(String... command) throws LabException {
        return run(COMMAND_LIMIT, command);
    }

    public CommandResult run(Duration limit, String... command) throws LabException {
        return CommandResult.of(limit, inside(List.of(command)));
    }

    /** Starts a program; the lab stops it at the latest when it closes. */
    public LabProcess start(String... command) throws LabException {
        return start(command[0], List.of(command));
    }

    /**
     * Starts another program of Culvert's in this host, with the Java and the classes of this JVM; it may be {@linkplain
     * LabProcess#say told} something.
     */
    public LabProcess startJvm(String title, Class<?> main, String... arguments) throws LabException {
        return lab.make(() -> LabProcess.startListening(name + ": " + title, inside(SameJvm.run(main, arguments))));
    }

    LabProcess start(String title, List<String> command) throws LabException {
        return lab.make(() -> LabProcess.start(name + ": " + title, inside(command)));
    }

    /** Runs {@code action} on a thread of this JVM that is inside this host: sockets it opens belong to the host. */
    public <T> T call(Callable<T> action) throws LabException {
        try {
            return NetworkNamespace.call(namespace, action);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(name + ": interrupted", e);
        } catch (Exception e) {
            throw new LabException(name + ": " + e.getMessage(), e);
        }
    }

    /** Makes a bridge, up, with these ports in it. */
    public LabPort bridge(String bridge, LabPort... members) throws LabException {
        ip("link", "add", bridge, "type", "bridge");
        for (LabPort member : members) {
            ip("link", "set", member.name(), "master", bridge);
        }
        return new LabPort(this, bridge).up();
    }

    /** Where the control sockets of Culverts in this host are. */
    public RunDirectory runDirectory() {
        return RunDirectory.of(Map.of(RUN_DIRECTORY, runDirectory));
    }

    /** {@code ip -n HOST ...}, which must succeed. */
    public CommandResult ip(String... arguments) throws LabException {
        List<String> command = new ArrayList<>(List.of(Lab.IP, "-n", namespace));
        command.addAll(Arrays.asList(arguments));
        return CommandResult.of(COMMAND_LIMIT, command).orThrow();
    }

    String nextPortName() {
        return "eth" + ports.getAndIncrement();
    }

    private List<String> inside(List<String> command) {
        // What Culvert would find out by itself, were it not for containers that hide the namespace of process 1.
        String environment = RUN_DIRECTORY + "=" + runDirectory;
        List<String> all = new ArrayList<>(List.of(Lab.IP, "netns", "exec", namespace, "env", environment));
        all.addAll(command);
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
