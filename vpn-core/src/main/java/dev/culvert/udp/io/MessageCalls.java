package dev.culvert.udp.io;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.culvert.libc.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** sendmmsg(2) and recvmmsg(2). */
final class MessageCalls {
    private static final long NO_TIMEOUT = 0;

    private static final MethodHandle SENDMMSG =
            Downcalls.bind("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle RECVMMSG = Downcalls.bind(
            "recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));

    private MessageCalls() {}

    /** How many of {@code count} messages were sent, at least 1; or the errno of the first, negative. */
    static int send(MemorySegment callState, int fd, long messages, int count) {
        try {
            int sent = (int) SENDMMSG.invokeExact(callState, fd, messages, count, 0);
            return sent >= 0 ? sent : -Downcalls.errno(callState);
        } catch (Throwable e) {
            throw Downcalls.neverThrown(e);
        }
    }

    /** How many messages were received, at least 1; or the errno, negative. */
    static int receive(MemorySegment callState, int fd, long messages, int count) {
        try {
            int received = (int) RECVMMSG.invokeExact(callState, fd, messages, count, 0, NO_TIMEOUT);
            return received >= 0 ? received : -Downcalls.errno(callState);
        } catch (Throwable e) {
            throw Downcalls.neverThrown(e);
        }
    }
}
