package dev.culvert.bench.kernel;

import dev.culvert.device.Errno;
import java.io.IOException;

/** The kernel refused a call: {@code io_uring_setup: EPERM: ...}. */
public final class KernelException extends IOException {
    private static final long serialVersionUID = 1L;

    KernelException(String operation, int errno, String remedy) {
        super(operation + ": " + Errno.name(errno) + (remedy.isEmpty() ? "" : ": " + remedy));
    }

    /** Of the call that has just returned -1. */
    public static KernelException last(String operation) {
        return new KernelException(operation, Libc.errno(), "");
    }

    /** A call that returned something else than it must: a frame lost or cut, which would spoil the figures. */
    public static KernelException unexpected(String operation, long returned) {
        return returned < 0 ? last(operation) : new KernelException(operation + " returned " + returned);
    }

    static KernelException completed(int result) {
        return result < 0 ? new KernelException("io_uring request", -result, "") : carried("io_uring request", result);
    }

    /** Another number of bytes than it was to carry. */
    static KernelException carried(String operation, int bytes) {
        return new KernelException(operation + ": carried " + bytes + " bytes");
    }

    /** Of a call that would have been waited for without end. */
    static KernelException late(String operation) {
        return new KernelException(operation + ": did not end in time");
    }

    private KernelException(String message) {
        super(message);
    }
}
