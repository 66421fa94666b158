package dev.culvert.bench.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** How functions of the C library are bound. */
final class Foreign {
    static final Linker.Option ERRNO_KEPT = Linker.Option.captureCallState("errno");
    /** Where every call leaves errno: there is one measuring thread. */
    static final MemorySegment CALL_STATE = Arena.global().allocate(Linker.Option.captureStateLayout());

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private Foreign() {}

    // Calling into C is what this package is for; the launcher allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    static MethodHandle bind(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
    }

    static int errno() {
        return errno(CALL_STATE);
    }

    /** Of the last call that returned -1 with this state. */
    static int errno(MemorySegment callState) {
        return (int) ERRNO.get(callState, 0L);
    }

    static IllegalStateException neverThrown(Throwable e) {
        return new IllegalStateException("a downcall threw, which C cannot", e);
    }
}
