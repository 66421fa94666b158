package dev.culvert.udp;

import dev.culvert.device.io.Readiness;
import dev.culvert.metrics.Counters;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;

/** A lane's loop on the JDK's selectors, which cannot watch a TAP: every watched descriptor costs a thread. */
final class NioLaneLoop implements LaneLoop {
    private final LoopThread thread;
    private final String threadName;
    private final SocketOptions options;

    private NioLaneLoop(LoopThread thread, String threadName, SocketOptions options) {
        this.thread = thread;
        this.threadName = threadName;
        this.options = options;
    }

    static LaneLoop start(String threadName, SocketOptions options) {
        Counters counters = new Counters();
        return new NioLaneLoop(
                new LoopThread(
                        threadName,
                        counters,
                        NioIoHandler.newFactory(SelectorProvider.provider(), CountedWaits.into(counters))),
                threadName,
                options);
    }

    @Override
    public Counters counters() {
        return thread.counters();
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void every(Duration period, Runnable task) {
        thread.every(period, task);
    }

    @Override
    public Watch watch(int fileDescriptor, Runnable onReadable) {
        return PolledWatch.start(
                thread, threadName + "-fd" + fileDescriptor, fileDescriptor, onReadable, Readiness::await);
    }

    @Override
    public UdpTransport bind(InetSocketAddress listen, int maxDatagramBytes) throws UdpException {
        return new UdpBinding(thread, new NioSockets(thread, options, maxDatagramBytes)).bind(listen);
    }

    @Override
    public void close() {
        thread.close();
    }
}
