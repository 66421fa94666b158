package dev.culvert.udp;

import dev.culvert.metrics.Counters;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;

/** One event loop: a thread that runs tasks, watches file descriptors and owns sockets. Callable from any thread. */
public interface LaneLoop extends Executor, AutoCloseable {
    /**
     * Of the loop's thread, which alone writes to them. The loop counts its own system calls there:
     * {@code UDP_SEND_CALLS}, {@code UDP_RECEIVE_CALLS} and {@code LOOP_WAIT_CALLS}.
     */
    Counters counters();

    /** Runs {@code task} on the loop, every {@code period}, until the loop is closed. */
    void every(Duration period, Runnable task);

    /**
     * Runs {@code onReadable} on the loop whenever {@code fileDescriptor} has something to read (level triggered).
     * The descriptor stays the caller's, who closes the watch first.
     */
    Watch watch(int fileDescriptor, Runnable onReadable);

    /**
     * Binds a UDP socket whose events arrive on this loop, from {@link UdpTransport#receive} on.
     *
     * @param listen address and port; port 0 takes any free port; {@code [::]} takes IPv4 and IPv6
     * @param maxDatagramBytes the largest datagram to receive, bytes; longer ones are cut off
     * @throws UdpException naming the address, errno and remedy
     */
    UdpTransport bind(InetSocketAddress listen, int maxDatagramBytes) throws UdpException;

    /** Stops the loop, closes its sockets and waits for its thread. */
    @Override
    void close();

    /** A watched descriptor. Pausing stops reading, so that the kernel's queue fills and brakes the senders. */
    interface Watch extends AutoCloseable {
        void pause();

        void resume();

        @Override
        void close();
    }
}
