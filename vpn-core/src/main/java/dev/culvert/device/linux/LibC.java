package dev.culvert.device.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The C library. {@code size_t}, {@code ssize_t} and {@code unsigned long} are {@code long}: 64-bit only. Each call
 * returns -1 on failure and leaves the reason in {@link #errno()}.
 */
final class LibC {
    // fcntl.h; the same on x86-64, arm64 and riscv
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;

    // sys/socket.h
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int SOCK_RAW = 3;
    static final int SOCK_SEQPACKET = 5;
    static final int SOCK_NONBLOCK = O_NONBLOCK;
    static final int SOCK_CLOEXEC = O_CLOEXEC;

    static final int CLONE_NEWNET = 0x40000000; // sched.h

    static {
        // The process itself has libc in it, whatever file of that name the system would find.
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {}

    static native int open(String path, int flags);

    static native int close(int fd);

    static native int ioctl(int fd, long request, byte[] argument);

    /** For requests whose argument is a number, not a pointer to one. */
    static native int ioctl(int fd, long request, long argument);

    static native int setns(int fd, int namespaceType);

    static native int socket(int domain, int type, int protocol);

    /** Two descriptors. */
    static native int socketpair(int domain, int type, int protocol, int[] descriptors);

    static native long send(int fd, byte[] bytes, long length, int flags);

    static native long recv(int fd, byte[] bytes, long length, int flags);

    /** Of the last failed call of this thread. */
    static int errno() {
        return Native.getLastError();
    }
}
