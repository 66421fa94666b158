package dev.culvert.udp;

import dev.culvert.metrics.CounterId;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor in the loop's own epoll set, level triggered. All state belongs to the loop; other threads' wishes are
 * carried out there. The descriptor is never closed here.
 */
final class EpollWatch implements EpollIoHandle, LaneLoop.Watch {
    // Not EpollIoOps.NONE: Netty 4.2.18 then takes the descriptor out of the set, and forgets that it did.
    private static final EpollIoOps ERRORS_ONLY = EpollIoOps.EPOLLERR;

    private final LoopThread thread;
    private final FileDescriptor descriptor;
    private final Runnable onReadable;

    private @Nullable IoRegistration registration;
    private boolean paused;
    private boolean closed;

    private EpollWatch(LoopThread thread, FileDescriptor descriptor, Runnable onReadable) {
        this.thread = thread;
        this.descriptor = descriptor;
        this.onReadable = onReadable;
    }

    static EpollWatch start(LoopThread thread, int fileDescriptor, Runnable onReadable) {
        EpollWatch watch = new EpollWatch(thread, new FileDescriptor(fileDescriptor), onReadable);
        try {
            return thread.call(() -> {
                watch.register();
                return watch;
            });
        } catch (Exception e) {
            throw new IllegalStateException("descriptor " + fileDescriptor + " cannot be watched", e);
        }
    }

    private void register() {
        // On the loop's own thread the future is complete on return.
        var registered = thread.eventLoop().register(this);
        if (!registered.isSuccess()) {
            throw new IllegalStateException("epoll refused the descriptor", registered.cause());
        }
        registration = registered.getNow();
        submit(EpollIoOps.EPOLLIN);
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        if (closed) {
            return;
        }
        if (paused) {
            // Only an error (the device is gone) arrives at a paused watch, and epoll would repeat it for ever. After
            // resume() it comes again, and the read it causes says what is wrong.
            deregister();
            return;
        }
        thread.bugs().guard(onReadable);
    }

    @Override
    public void pause() {
        thread.onLoop(() -> {
            paused = true;
            submit(ERRORS_ONLY);
        });
    }

    @Override
    public void resume() {
        thread.onLoop(() -> {
            if (closed || !paused) {
                return;
            }
            paused = false;
            if (registration == null) {
                register();
            } else {
                submit(EpollIoOps.EPOLLIN);
            }
        });
    }

    /** On return the loop no longer knows the descriptor: a new file with its number cannot be taken for it. */
    @Override
    public void close() {
        thread.onLoop(() -> {
            closed = true;
            deregister();
        });
        thread.barrier();
    }

    private void submit(EpollIoOps ops) {
        IoRegistration current = registration;
        if (current != null) {
            thread.counters().increment(CounterId.LOOP_WAIT_CALLS); // epoll_ctl
            var _ = current.submit(ops);
        }
    }

    private void deregister() {
        IoRegistration current = registration;
        registration = null;
        if (current != null) {
            var _ = current.cancel();
        }
    }
}
