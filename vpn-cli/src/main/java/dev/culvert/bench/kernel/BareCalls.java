package dev.culvert.bench.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * Calls that do next to nothing, so that what is left is the way there and back: into C, into the kernel, and each with
 * and without keeping errno, which the JVM must save before it does anything else.
 */
public final class BareCalls {
    private static final FunctionDescriptor INT_TO_INT = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor TO_INT = FunctionDescriptor.of(JAVA_INT);

    private static final MethodHandle ABS = Foreign.bind("abs", INT_TO_INT);
    private static final MethodHandle ABS_ERRNO = Foreign.bind("abs", INT_TO_INT, Foreign.ERRNO_KEPT);
    private static final MethodHandle GETPPID = Foreign.bind("getppid", TO_INT); // the C library never caches it
    private static final MethodHandle GETPPID_ERRNO = Foreign.bind("getppid", TO_INT, Foreign.ERRNO_KEPT);
    private static final MethodHandle MEMCPY =
            Foreign.bind("memcpy", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private BareCalls() {}

    /** abs(3): a function of the C library that makes no system call. */
    public static int nativeCall(int value) {
        try {
            return (int) ABS.invokeExact(value);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    public static int nativeCallKeepingErrno(int value) {
        try {
            return (int) ABS_ERRNO.invokeExact(Foreign.CALL_STATE, value);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    /** getppid(2). */
    public static int systemCall() {
        try {
            return (int) GETPPID.invokeExact();
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    public static int systemCallKeepingErrno() {
        try {
            return (int) GETPPID_ERRNO.invokeExact(Foreign.CALL_STATE);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    /** memcpy(3). */
    public static void copy(long target, long source, long bytes) {
        try {
            long _ = (long) MEMCPY.invokeExact(target, source, bytes);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }
}
