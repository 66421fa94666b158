package dev.culvert.device.io;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * read(2), write(2), writev(2) and poll(2). Pointers travel as {@code long}, so that a buffer's address needs no segment
 * around it. None is a critical call: a write runs the kernel's whole receive path, and a safepoint must not wait for that.
 */
final class SystemCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO_CAPTURED = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle READ =
            bind("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITE =
            bind("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITEV =
            bind("writev", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle POLL =
            bind("poll", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

    private SystemCalls() {}

    // Calling into C is what this class is for; the launcher allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO_CAPTURED);
    }

    /** Where a thread's calls leave errno; one for each thread or queue, freed by the garbage collector. */
    static MemorySegment newCallState() {
        return Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    }

    /** Of the last call that returned -1 with this state. */
    static int errno(MemorySegment callState) {
        return (int) ERRNO.get(callState, 0L);
    }

    static long read(MemorySegment callState, int fd, long address, long bytes) {
        try {
            return (long) READ.invokeExact(callState, fd, address, bytes);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    static long write(MemorySegment callState, int fd, long address, long bytes) {
        try {
            return (long) WRITE.invokeExact(callState, fd, address, bytes);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    static long writev(MemorySegment callState, int fd, long vectors, int count) {
        try {
            return (long) WRITEV.invokeExact(callState, fd, vectors, count);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    static int poll(MemorySegment callState, long pollfds, long count, int timeoutMillis) {
        try {
            return (int) POLL.invokeExact(callState, pollfds, count, timeoutMillis);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    private static IllegalStateException neverThrown(Throwable e) {
        return new IllegalStateException("a downcall threw, which C cannot", e);
    }
}
