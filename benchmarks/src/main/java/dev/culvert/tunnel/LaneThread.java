package dev.culvert.tunnel;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Has JMH run benchmarks on threads of the kind that lanes have: only those are given the same buffers again. */
public final class LaneThread extends ThreadPoolExecutor {
    /** As JMH wants it. */
    public LaneThread(int threads, String prefix) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(prefix));
    }
}
