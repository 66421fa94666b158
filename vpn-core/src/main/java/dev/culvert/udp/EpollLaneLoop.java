package dev.culvert.udp;

import dev.culvert.metrics.Counters;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A lane's loop on Linux' epoll; file descriptors are watched by the loop itself. */
final class EpollLaneLoop implements LaneLoop {
    private final LoopThread thread;
    private final SocketOptions options;

    private EpollLaneLoop(LoopThread thread, SocketOptions options) {
        this.thread = thread;
        this.options = options;
    }

    static LaneLoop start(String threadName, SocketOptions options) {
        Counters counters = new Counters();
        return new EpollLaneLoop(
                new LoopThread(threadName, counters, EpollIoHandler.newFactory(0, CountedWaits.into(counters))),
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
        return EpollWatch.start(thread, fileDescriptor, onReadable);
    }

    @Override
    public UdpTransport bind(InetSocketAddress listen, int maxDatagramBytes) throws UdpException {
        return new UdpBinding(thread, new EpollSockets(thread, options, maxDatagramBytes)).bind(listen);
    }

    @Override
    public void close() {
        thread.close();
    }
}
