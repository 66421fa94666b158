package dev.culvert.bench.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The system calls that are measured, and those that prepare for them; each returns what C returns. Linux, 64 bits. The
 * latter take segments, which stay alive during the call; the former an address, whose memory the caller holds.
 */
public final class Libc {
    private static final FunctionDescriptor READ_OR_WRITE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor SEND_OR_RECEIVE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final FunctionDescriptor INT_ADDRESS_INT =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

    private static final MethodHandle READ = bind("read", READ_OR_WRITE);
    private static final MethodHandle WRITE = bind("write", READ_OR_WRITE);
    private static final MethodHandle SEND = bind("send", SEND_OR_RECEIVE);
    private static final MethodHandle RECV = bind("recv", SEND_OR_RECEIVE);
    private static final MethodHandle RECVMSG =
            bind("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SENDMMSG =
            bind("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle RECVMMSG =
            bind("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle SOCKET =
            bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = bind("bind", INT_ADDRESS_INT);
    private static final MethodHandle CONNECT = bind("connect", INT_ADDRESS_INT);
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            bind("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle PPOLL =
            bind("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle CLOSE = bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL = Foreign.bind(
            "ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            Foreign.ERRNO_KEPT,
            Linker.Option.firstVariadicArg(2));

    private Libc() {}

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return Foreign.bind(name, descriptor, Foreign.ERRNO_KEPT);
    }

    /** Of the last call that returned -1. */
    public static int errno() {
        return Foreign.errno();
    }

    public static long read(int fd, long address, long bytes) {
        try {
            return (long) READ.invokeExact(Foreign.CALL_STATE, fd, address, bytes);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    public static long write(int fd, long address, long bytes) {
        try {
            return (long) WRITE.invokeExact(Foreign.CALL_STATE, fd, address, bytes);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    public static long send(int fd, long address, long bytes, int flags) {
        try {
            return (long) SEND.invokeExact(Foreign.CALL_STATE, fd, address, bytes, flags);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    public static long receive(int fd, long address, long bytes, int flags) {
        try {
            return (long) RECV.invokeExact(Foreign.CALL_STATE, fd, address, bytes, flags);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static long recvmsg(int fd, long message, int flags) {
        try {
            return (long) RECVMSG.invokeExact(Foreign.CALL_STATE, fd, message, flags);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static int sendmmsg(int fd, long messages, int count, int flags) {
        try {
            return (int) SENDMMSG.invokeExact(Foreign.CALL_STATE, fd, messages, count, flags);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static int recvmmsg(int fd, long messages, int count, int flags) {
        try {
            return (int) RECVMMSG.invokeExact(Foreign.CALL_STATE, fd, messages, count, flags, 0L);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static int socket(int family, int type, int protocol) {
        try {
            return (int) SOCKET.invokeExact(Foreign.CALL_STATE, family, type, protocol);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static int bind(int fd, MemorySegment address) {
        try {
            return (int) BIND.invokeExact(Foreign.CALL_STATE, fd, address, (int) address.byteSize());
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static int connect(int fd, MemorySegment address) {
        try {
            return (int) CONNECT.invokeExact(Foreign.CALL_STATE, fd, address, (int) address.byteSize());
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value) {
        try {
            return (int) SETSOCKOPT.invokeExact(Foreign.CALL_STATE, fd, level, option, value, (int) value.byteSize());
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    /** @param length in: of {@code value}, out: what of it is filled */
    static int getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment length) {
        try {
            return (int) GETSOCKOPT.invokeExact(Foreign.CALL_STATE, fd, level, option, value, length);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static int ppoll(MemorySegment descriptors, long count, MemorySegment timeout) {
        try {
            return (int) PPOLL.invokeExact(Foreign.CALL_STATE, descriptors, count, timeout, MemorySegment.NULL);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static int ioctl(int fd, long request, MemorySegment argument) {
        try {
            return (int) IOCTL.invokeExact(Foreign.CALL_STATE, fd, request, argument);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    static void close(int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(Foreign.CALL_STATE, fd); // Linux lets go of the number in any case
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }
}
