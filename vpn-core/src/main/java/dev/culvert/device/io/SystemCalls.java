package dev.culvert.device.io;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.culvert.libc.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** read(2), write(2), writev(2) and poll(2): errno is left in the call state ({@link Downcalls#errno}). */
final class SystemCalls {
    private static final MethodHandle READ =
            Downcalls.bind("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITE =
            Downcalls.bind("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITEV =
            Downcalls.bind("writev", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle POLL =
            Downcalls.bind("poll", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

    private SystemCalls() {}

    static long read(MemorySegment callState, int fd, long address, long bytes) {
        try {
            return (long) READ.invokeExact(callState, fd, address, bytes);
        } catch (Throwable e) {
            throw Downcalls.neverThrown(e);
        }
    }

    static long write(MemorySegment callState, int fd, long address, long bytes) {
        try {
            return (long) WRITE.invokeExact(callState, fd, address, bytes);
        } catch (Throwable e) {
            throw Downcalls.neverThrown(e);
        }
    }

    static long writev(MemorySegment callState, int fd, long vectors, int count) {
        try {
            return (long) WRITEV.invokeExact(callState, fd, vectors, count);
        } catch (Throwable e) {
            throw Downcalls.neverThrown(e);
        }
    }

    static int poll(MemorySegment callState, long pollfds, long count, int timeoutMillis) {
        try {
            return (int) POLL.invokeExact(callState, pollfds, count, timeoutMillis);
        } catch (Throwable e) {
            throw Downcalls.neverThrown(e);
        }
    }
}
