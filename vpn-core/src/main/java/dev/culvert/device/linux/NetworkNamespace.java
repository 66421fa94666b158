package dev.culvert.device.linux;

import dev.culvert.device.Errno;
import dev.culvert.device.TapException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Network namespaces as {@code ip netns} knows them. Whoever visits one does so on a thread of its own, which ends with
 * the visit; sockets, devices, processes and <em>threads</em> made there stay there. A pool whose threads start during
 * a visit is caught in the namespace and keeps it alive, so start pools outside.
 */
public final class NetworkNamespace {
    private static final Path NAMED = Path.of("/var/run/netns"); // ip-netns(8)
    private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/ns/net"); // namespaces(7)

    private NetworkNamespace() {}

    /** {@link #call(Path, Callable)} for the name that {@code ip netns add} was given. */
    public static <T> T call(String name, Callable<T> body) throws Exception {
        return call(NAMED.resolve(name), body);
    }

    /**
     * Runs {@code body} inside the namespace and waits for it; an interrupt is passed on to it.
     *
     * @return what {@code body} returned
     * @throws TapException when the namespace cannot be entered
     * @throws Exception what {@code body} threw
     */
    public static <T> T call(Path nsFile, Callable<T> body) throws Exception {
        FutureTask<T> visit = new FutureTask<>(() -> {
            enter(nsFile);
            return body.call();
        });
        Thread visitor =
                Thread.ofPlatform().name("netns-" + nsFile.getFileName()).start(visit);
        joinUninterruptibly(visitor);
        try {
            return visit.get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    public static void run(String name, Body body) throws Exception {
        run(NAMED.resolve(name), body);
    }

    public static void run(Path nsFile, Body body) throws Exception {
        call(nsFile, () -> {
            body.run();
            return Boolean.TRUE;
        });
    }

    /** What {@link #run} runs. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    private static void enter(Path nsFile) throws TapException {
        String subject = "network namespace " + nsFile.getFileName();
        try (OwnedFd fd = OwnedFd.open(subject, nsFile.toString(), LibC.O_RDONLY)) {
            if (LibC.setns(fd.number(), LibC.CLONE_NEWNET) < 0) {
                int errno = LibC.errno();
                String remedy = errno == Errno.EPERM
                        ? "needs CAP_SYS_ADMIN (root has it)"
                        : nsFile + " must be a network namespace; list them: ip netns";
                throw new TapException(subject, "setns", Errno.name(errno), remedy);
            }
        }
    }

    /** Leaving early would lose what {@code body} has opened by then, and the namespace would live on in its thread. */
    private static void joinUninterruptibly(Thread visitor) {
        boolean interrupted = false;
        while (visitor.isAlive()) {
            try {
                visitor.join();
            } catch (InterruptedException _) {
                interrupted = true;
                visitor.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Exception unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case Exception thrown -> thrown;
            case Error error -> throw error;
            case null, default -> e;
        };
    }

    /** Inode of the calling thread's network namespace: equal for the same namespace, as long as it lives. */
    public static long inode() {
        try {
            return inodeOf(OF_THIS_THREAD);
        } catch (IOException e) {
            throw new UncheckedIOException("is /proc mounted?", e);
        }
    }

    /** The link reads {@code net:[4026531840]}. */
    private static long inodeOf(Path link) throws IOException {
        String text = Files.readSymbolicLink(link).toString();
        return Long.parseLong(text, text.indexOf('[') + 1, text.indexOf(']'), 10);
    }
}
