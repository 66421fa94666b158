package dev.culvert.bench.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.culvert.device.Errno;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The system calls of io_uring, which the C library does not wrap, and the memory shared with the kernel. */
final class UringMemory {
    private static final long SETUP = 425; // asm-generic/unistd.h; the same on every architecture
    private static final long ENTER = 426;
    private static final long REGISTER = 427;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_POPULATE = 0x8001;
    private static final long RINGS = 0; // linux/io_uring.h: IORING_OFF_SQ_RING
    private static final long REQUESTS = 0x10000000L; // IORING_OFF_SQES

    private static final MethodHandle SYSCALL = Foreign.bind(
            "syscall",
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Foreign.ERRNO_KEPT,
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle MMAP = Foreign.bind(
            "mmap",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
            Foreign.ERRNO_KEPT);
    private static final MethodHandle MUNMAP =
            Foreign.bind("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

    private UringMemory() {}

    static int setup(int entries, NativeMemory parameters) {
        return (int) syscall(SETUP, entries, parameters.address(), 0, 0, 0, 0);
    }

    static int enter(int fd, int submit, int complete, int flags) {
        return (int) syscall(ENTER, fd, submit, complete, flags, 0, 0);
    }

    static int register(int fd, int opcode, long argument, int count) {
        return (int) syscall(REGISTER, fd, opcode, argument, count, 0, 0);
    }

    private static long syscall(long number, int first, long second, long third, long fourth, long fifth, long sixth) {
        try {
            return (long) SYSCALL.invokeExact(Foreign.CALL_STATE, number, first, second, third, fourth, fifth, sixth);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    /** What a ring shares with the kernel: its two queues, and the requests. */
    record Mapped(MemorySegment rings, MemorySegment requests) {
        void unmap() {
            UringMemory.unmap(requests);
            UringMemory.unmap(rings);
        }
    }

    /** Maps both or, when it throws, neither. */
    static Mapped map(int fd, long ringBytes, long requestBytes) throws KernelException {
        MemorySegment rings = mapOne(fd, RINGS, ringBytes);
        try {
            return new Mapped(rings, mapOne(fd, REQUESTS, requestBytes));
        } catch (KernelException e) {
            unmap(rings);
            throw e;
        }
    }

    // The kernel says how long its rings are.
    @SuppressWarnings("restricted")
    private static MemorySegment mapOne(int fd, long offset, long bytes) throws KernelException {
        long address = mmap(fd, offset, bytes);
        if (address == -1) {
            throw new KernelException("mmap of io_uring", Libc.errno(), memory(Libc.errno()));
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    private static long mmap(int fd, long offset, long bytes) {
        try {
            return (long)
                    MMAP.invokeExact(Foreign.CALL_STATE, 0L, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, fd, offset);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    private static void unmap(MemorySegment mapped) {
        try {
            int _ = (int) MUNMAP.invokeExact(mapped.address(), mapped.byteSize());
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
    }

    /** What can be done about a refused ring. */
    static String remedy(int errno) {
        return switch (errno) {
            case Errno.EPERM ->
                "io_uring is switched off here: sysctl kernel.io_uring_disabled=0, or allow it in the"
                        + " container's seccomp profile";
            case 38 -> // ENOSYS
                "this kernel was built without io_uring";
            default -> memory(errno);
        };
    }

    private static String memory(int errno) {
        return errno == Errno.ENOMEM ? "raise the limit of locked memory: ulimit -l" : "";
    }
}
