package dev.culvert.lab;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Hosts, links and programs for one experiment. Closing it stops the programs and removes the hosts, last made first,
 * whatever failed before; so does the end of the JVM. What a killed JVM left behind, the next lab removes.
 */
public final class Lab implements AutoCloseable {
    static final String IP = "ip";

    private final String prefix;
    private final Thread atExit = new Thread(this::closeQuietly, "lab-clean-up");
    private final Object lock = new Object();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>(); // guarded by lock; last made first
    private boolean closed; // guarded by lock

    private Lab(String prefix) {
        this.prefix = prefix;
    }

    /**
     * @param programs needed besides {@code ip}
     * @throws LabException when not root, or when a program is missing: one line that says so
     */
    public static Lab open(String... programs) throws LabException {
        Prerequisites.check(programs);
        LabName.removeOrphans();
        Lab lab = new Lab(LabName.next());
        Runtime.getRuntime().addShutdownHook(lab.atExit);
        return lab;
    }

    /** Makes a host. */
    public LabHost host(String name) throws LabException {
        String namespace = prefix + name;
        synchronized (lock) {
            ensureOpen();
            resources.push(() -> Namespaces.remove(namespace)); // first: whoever interrupts us may leave half of one
            Namespaces.add(namespace);
        }
        LabHost host = new LabHost(this, name, namespace);
        host.ip("link", "set", "lo", "up");
        return host;
    }

    /** Connects two hosts; both ends are up, without addresses. They are called eth0, eth1, ... in each host. */
    public LabLink link(LabHost first, LabHost second) throws LabException {
        LabPort one = new LabPort(first, first.nextPortName());
        LabPort other = new LabPort(second, second.nextPortName());
        // Made where it belongs: at no moment does an end stand in the machine's own namespace.
        first.ip("link", "add", one.name(), "type", "veth", "peer", other.name(), "netns", second.namespace());
        return new LabLink(one.up(), other.up());
    }

    /**
     * Connects two hosts.
     *
     * @param firstAddresses addresses with prefix lengths, separated by blanks: {@code "10.0.0.1/24 fd00::1/64"}
     */
    public LabLink link(LabHost first, String firstAddresses, LabHost second, String secondAddresses)
            throws LabException {
        LabLink link = link(first, second);
        link.first().address(firstAddresses.split(" "));
        link.second().address(secondAddresses.split(" "));
        return link;
    }

    /** Makes a folder for root alone, which goes with the lab. */
    public Path folder() throws LabException {
        synchronized (lock) {
            ensureOpen();
            Path folder = LabFolders.make(prefix);
            resources.push(() -> LabFolders.delete(folder));
            return folder;
        }
    }

    /** Writes into a {@link #folder}. */
    @FunctionalInterface
    public interface Writing {
        void write() throws LabException;
    }

    /** Writes, unless the lab closes: a folder that is deleted meanwhile would be made again by what is written into it. */
    public void write(Writing writing) throws LabException {
        synchronized (lock) {
            ensureOpen();
            writing.write();
        }
    }

    /** Makes something to {@link #keep}. */
    @FunctionalInterface
    interface Maker<T> {
        T make() throws LabException;
    }

    /** As {@link #keep}, but nothing is made once the lab closes: where the JVM is ending, nobody could take it back. */
    <T extends AutoCloseable> T make(Maker<T> maker) throws LabException {
        synchronized (lock) {
            ensureOpen();
            T made = maker.make();
            resources.push(made);
            return made;
        }
    }

    /** Closes {@code resource} with the lab, before everything made earlier; returns it. */
    public <T extends AutoCloseable> T keep(T resource) throws LabException {
        synchronized (lock) {
            if (!closed) {
                resources.push(resource);
                return resource;
            }
        }
        LabException refused = new LabException("the lab is closed");
        closeInto(refused, resource);
        throw refused;
    }

    /** Removes everything, and reports at the end what could not be removed. */
    @Override
    public void close() throws LabException {
        LabException failures = new LabException("the lab could not be removed");
        boolean interrupted = Thread.interrupted(); // a test that ran out of time must clean up all the same
        synchronized (lock) { // held to the end: whoever closes second returns when everything is gone
            closed = true;
            askProgramsToEnd();
            while (!resources.isEmpty()) {
                closeTwiceInto(failures, resources.pop());
            }
        }
        forgetHook();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failures.getSuppressed().length > 0) {
            throw new LabException(
                    "the lab could not be removed: " + failures.getSuppressed()[0].getMessage(), failures);
        }
    }

    /** All at once: each may take a moment, and is waited for when its turn comes. Caller holds the lock. */
    private void askProgramsToEnd() {
        for (AutoCloseable resource : resources) {
            if (resource instanceof LabProcess program) {
                program.askToEnd();
            }
        }
    }

    /** What of this lab still exists, for people; empty after a good {@link #close}. */
    public List<String> remains() throws LabException {
        List<String> remains = new ArrayList<>();
        for (String namespace : Namespaces.list()) {
            if (namespace.startsWith(prefix)) {
                remains.add("network namespace " + namespace);
            }
        }
        for (Path folder : LabFolders.list()) {
            if (String.valueOf(folder.getFileName()).startsWith(prefix)) {
                remains.add(folder.toString());
            }
        }
        return remains;
    }

    private void ensureOpen() throws LabException {
        if (closed) {
            throw new LabException("the lab is closed");
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (LabException e) {
            System.err.println(e.getMessage()); // the JVM is ending: nobody else can say it
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // the JVM is ending: the hook runs, or waits for us, and finds nothing to do
        }
    }

    /** Ctrl-C reaches the programs we close with, too: they may have been killed the first time. */
    private static void closeTwiceInto(LabException failures, AutoCloseable resource) {
        LabException first = new LabException("the first time");
        closeInto(first, resource);
        if (first.getSuppressed().length > 0) {
            closeInto(failures, resource);
        }
    }

    private static void closeInto(LabException failures, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            failures.addSuppressed(e);
        }
    }
}
