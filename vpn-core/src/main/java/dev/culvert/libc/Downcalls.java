package dev.culvert.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * How functions of the C library are called that tell their failure by errno. Keep a handle in a {@code static final}
 * field, or every call looks it up. Pointers travel as {@code long}, so that a buffer's address needs no segment around
 * it: whoever calls holds on to the buffer.
 *
 * <p>No call is a critical one: most run the kernel's whole transmit or receive path, and a safepoint must not wait for
 * that.
 */
public final class Downcalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO_CAPTURED = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private Downcalls() {}

    /** A handle that takes a {@link #newCallState} in front of the function's own arguments. */
    // Calling into C is what this class is for; the launcher allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    public static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO_CAPTURED);
    }

    /** Where a thread's calls leave errno; one for each thread or queue, freed by the garbage collector. */
    public static MemorySegment newCallState() {
        return Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    }

    /** Of the last call that returned -1 with this state. */
    public static int errno(MemorySegment callState) {
        return (int) ERRNO.get(callState, 0L);
    }

    /** For what {@code invokeExact} declares, and C cannot do. */
    public static IllegalStateException neverThrown(Throwable e) {
        return new IllegalStateException("a downcall threw, which C cannot", e);
    }
}
