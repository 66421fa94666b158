package dev.culvert.bench.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.culvert.device.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The calls of {@code sys/socket.h} that an {@link IcmpSocket} makes. An instance belongs to one thread at a time. */
final class IcmpCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO_CAPTURED = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = bind("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SET_OPTION =
            bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CONNECT = bind("connect", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND = bind("send", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECEIVE = bind("recv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);

    private final MemorySegment callState = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

    // Calling into C is what this class is for; the launcher allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), ERRNO_CAPTURED);
    }

    int socket(int domain, int type, int protocol) throws IOException {
        try {
            return checked("socket", (int) SOCKET.invokeExact(callState, domain, type, protocol));
        } catch (Throwable e) {
            throw told(e);
        }
    }

    void setOption(int fd, int level, int name, MemorySegment value) throws IOException {
        try {
            checked("setsockopt", (int)
                    SET_OPTION.invokeExact(callState, fd, level, name, value.address(), (int) value.byteSize()));
        } catch (Throwable e) {
            throw told(e);
        }
    }

    void connect(int fd, MemorySegment address) throws IOException {
        try {
            checked("connect", (int) CONNECT.invokeExact(callState, fd, address.address(), (int) address.byteSize()));
        } catch (Throwable e) {
            throw told(e);
        }
    }

    /** Returns false when the kernel has no room at the moment. */
    boolean send(int fd, MemorySegment message) throws IOException {
        long sent;
        try {
            sent = (long) SEND.invokeExact(callState, fd, message.address(), message.byteSize(), 0);
        } catch (Throwable e) {
            throw told(e);
        }
        return sent >= 0 || isFalse("send", Errno.EAGAIN, Errno.ENOBUFS, Errno.EINTR);
    }

    /** Bytes received, or -1 when nothing came before the socket's time was over. */
    int receive(int fd, MemorySegment target) throws IOException {
        long received;
        try {
            received = (long) RECEIVE.invokeExact(callState, fd, target.address(), target.byteSize(), 0);
        } catch (Throwable e) {
            throw told(e);
        }
        if (received < 0) {
            isFalse("recv", Errno.EAGAIN, Errno.EINTR);
            return -1;
        }
        return (int) received;
    }

    void close(int fd) throws IOException {
        try {
            checked("close", (int) CLOSE.invokeExact(callState, fd));
        } catch (Throwable e) {
            throw told(e);
        }
    }

    private int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + Errno.name(errno()));
        }
        return result;
    }

    /** The call failed: false if for one of these reasons. */
    private boolean isFalse(String call, int... harmless) throws IOException {
        int errno = errno();
        for (int each : harmless) {
            if (errno == each) {
                return false;
            }
        }
        throw new IOException(call + ": " + Errno.name(errno));
    }

    private int errno() {
        return (int) ERRNO.get(callState, 0L);
    }

    private static IOException told(Throwable e) {
        if (e instanceof IOException told) {
            return told;
        }
        throw new IllegalStateException("a downcall threw, which C cannot", e);
    }
}
