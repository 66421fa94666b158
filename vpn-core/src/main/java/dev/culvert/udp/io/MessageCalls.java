package dev.culvert.udp.io;

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
 * sendmmsg(2) and recvmmsg(2). Not critical calls: a send runs the kernel's whole transmit path, and a safepoint must
 * not wait for that.
 */
final class MessageCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO_CAPTURED = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private static final long NO_TIMEOUT = 0;

    private static final MethodHandle SENDMMSG =
            bind("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle RECVMMSG =
            bind("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));

    private MessageCalls() {}

    // Calling into C is what this class is for; the launcher allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO_CAPTURED);
    }

    static MemorySegment newCallState() {
        return Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    }

    /** How many of {@code count} messages were sent, at least 1; or the errno of the first, negative. */
    static int send(MemorySegment callState, int fd, long messages, int count) {
        try {
            int sent = (int) SENDMMSG.invokeExact(callState, fd, messages, count, 0);
            return sent >= 0 ? sent : -(int) ERRNO.get(callState, 0L);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    /** How many messages were received, at least 1; or the errno, negative. */
    static int receive(MemorySegment callState, int fd, long messages, int count) {
        try {
            int received = (int) RECVMMSG.invokeExact(callState, fd, messages, count, 0, NO_TIMEOUT);
            return received >= 0 ? received : -(int) ERRNO.get(callState, 0L);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    private static IllegalStateException neverThrown(Throwable e) {
        return new IllegalStateException("a downcall threw, which C cannot", e);
    }
}
