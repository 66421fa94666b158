package dev.culvert.udp;

import dev.culvert.metrics.Counters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** One Netty event loop and its thread: what both backends share. Callable from any thread. */
final class LoopThread {
    private static final long STOP_TIMEOUT_SECONDS = 5;
    private static final long CHECK_MILLIS = 100;

    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop eventLoop;
    private final DefaultChannelGroup channels; // forgets closed ones
    private final List<Runnable> closers = new ArrayList<>(); // of sockets without a channel; the loop's own
    private final Counters counters;
    private final Bugs bugs = new Bugs();

    /** @param counters to be written by the loop's thread alone */
    LoopThread(String threadName, Counters counters, IoHandlerFactory handlers) {
        this.counters = counters;
        group = new MultiThreadIoEventLoopGroup(1, new NamedThread(threadName), handlers);
        eventLoop = group.next();
        channels = new DefaultChannelGroup(eventLoop);
    }

    IoEventLoop eventLoop() {
        return eventLoop;
    }

    /** Complete on return when called on the loop. */
    ChannelFuture register(Channel channel) {
        // The group's method: the loop's inherited one of this signature is deprecated.
        channels.add(channel);
        return group.register(channel);
    }

    /** On the loop: {@code closer} is run there when the loop closes, unless it was let go before. */
    void closeLater(Runnable closer) {
        closers.add(closer);
    }

    void letGo(Runnable closer) {
        closers.remove(closer);
    }

    Counters counters() {
        return counters;
    }

    Bugs bugs() {
        return bugs;
    }

    boolean isCurrent() {
        return eventLoop.inEventLoop();
    }

    void execute(Runnable task) {
        eventLoop.execute(() -> bugs.guard(task));
    }

    /** Now when called on the loop, else soon; not at all when the loop has stopped, for then there is nothing left. */
    void onLoop(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else if (!eventLoop.isShuttingDown()) {
            execute(task);
        }
    }

    void every(Duration period, Runnable task) {
        long nanos = period.toNanos();
        // With fixed delay: after a pause of the machine one run is enough, not all that were missed.
        var _ = eventLoop.scheduleWithFixedDelay(() -> bugs.guard(task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs {@code task} on the loop and waits for it. */
    <T> T call(Callable<T> task) throws Exception {
        if (isCurrent()) {
            return task.call();
        }
        Future<T> result = eventLoop.submit(task);
        // A loop that stops at this very moment may leave the task undone: waiting for it alone could last for ever.
        while (!result.await(CHECK_MILLIS)) {
            if (eventLoop.isTerminated()) {
                throw new IllegalStateException("the loop has been closed");
            }
        }
        Throwable failure = result.cause();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        return result.getNow();
    }

    /** Returns when what was running or queued on the loop has ended; at once on the loop itself. */
    void barrier() {
        if (isCurrent()) {
            return;
        }
        try {
            if (eventLoop.isShuttingDown()) {
                var _ = eventLoop.terminationFuture().await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } else {
                var _ = call(() -> true);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception _) {
            // The loop has stopped, so nothing runs on it any more.
        }
    }

    /** Stops the loop and closes its sockets; waits for the thread unless it is the caller's own. */
    void close() {
        // Netty's own way of closing what is left on a stopping loop does not always fail queued writes (NIO, 4.2.18).
        var closed = channels.close();
        onLoop(() -> List.copyOf(closers).forEach(bugs::guard));
        barrier();
        if (!isCurrent()) {
            closed.awaitUninterruptibly(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        var stopped = group.shutdownGracefully(0, STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!isCurrent()) {
            stopped.awaitUninterruptibly();
        }
    }

    /** Netty numbers the threads of a group; a group of one needs no number. */
    private static final class NamedThread extends DefaultThreadFactory {
        private final String threadName;

        NamedThread(String threadName) {
            super(threadName, true);
            this.threadName = threadName;
        }

        @Override
        protected Thread newThread(Runnable task, String numbered) {
            return super.newThread(task, threadName);
        }
    }
}
