package dev.culvert.udp;

import io.netty.channel.epoll.Epoll;
import java.util.Optional;

/** Which of Netty's transports the lanes run on, and why. Immutable; callable from any thread. */
public final class IoBackend {
    /** System property that names the backend to use: {@code epoll} or {@code nio}. */
    static final String PROPERTY = "culvert.io";

    /** Environment variable with the meaning of {@link #PROPERTY}, which wins. */
    static final String VARIABLE = "CULVERT_IO";

    private static final String EPOLL = "epoll";
    private static final String NIO = "nio";

    private final String name;
    private final String reason;
    private final SocketOptions options;

    private IoBackend(String name, String reason, SocketOptions options) {
        this.name = name;
        this.reason = reason;
        this.options = options;
    }

    /** The backend that was asked for by property or environment, else epoll where it loads, else NIO. */
    public static IoBackend best() {
        return choose(Optional.ofNullable(System.getProperty(PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE))));
    }

    static IoBackend choose(Optional<String> wish) {
        if (wish.filter(NIO::equalsIgnoreCase).isPresent()) {
            return nio();
        }
        String ignored = wish.filter(name -> !name.equalsIgnoreCase(EPOLL))
                .map(name -> "; the wish for \"" + name + "\" is ignored, it is neither epoll nor nio")
                .orElse("");
        Throwable obstacle = Epoll.unavailabilityCause();
        IoBackend found = obstacle == null
                ? epoll()
                : new IoBackend(
                        NIO,
                        "epoll is not available (" + rootOf(obstacle) + "): one system call a datagram, more CPU",
                        SocketOptions.DEFAULT);
        return new IoBackend(found.name, found.reason + ignored, found.options);
    }

    /** Linux' epoll: watches the TAP itself, sends and receives in batches. Its loops need the native library. */
    public static IoBackend epoll() {
        return new IoBackend(
                EPOLL, "the native library is there: batches and offloads are used", SocketOptions.DEFAULT);
    }

    /** The JDK's selectors: a system call a datagram, and a thread that watches the TAP. */
    public static IoBackend nio() {
        return new IoBackend(NIO, "asked for: one system call a datagram", SocketOptions.DEFAULT);
    }

    /** The same without UDP_SEGMENT and UDP_GRO. */
    public IoBackend withoutUdpOffload() {
        return new IoBackend(
                name, reason + "; UDP offload is switched off", new SocketOptions(false, options.sharedPort()));
    }

    /**
     * The same with SO_REUSEPORT: for the lanes after the first, whose socket keeps the port from others until
     * {@link UdpTransport#sharePort}.
     */
    public IoBackend withSharedPort() {
        return new IoBackend(name, reason, new SocketOptions(options.offload(), true));
    }

    public String name() {
        return name;
    }

    /** One sentence, for logs and {@code status}. */
    public String reason() {
        return reason;
    }

    /** Starts a loop with a thread of its own. */
    public LaneLoop newLoop(String threadName) {
        return name.equals(EPOLL) ? EpollLaneLoop.start(threadName, options) : NioLaneLoop.start(threadName, options);
    }

    @Override
    public String toString() {
        return name + ": " + reason;
    }

    private static String rootOf(Throwable obstacle) {
        Throwable root = obstacle;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
