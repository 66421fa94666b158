package dev.culvert.device.io;

import dev.culvert.device.Errno;
import dev.culvert.device.TapException;
import dev.culvert.device.TapQueue;
import dev.culvert.libc.Downcalls;
import dev.culvert.offload.GatheredFrame;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * A queue over a non-blocking descriptor of {@code /dev/net/tun}. What the kernel answers in unusual hours:
 *
 * <ul>
 *   <li>interface set down: frames already queued can still be read, then there are none; writes are refused (EIO);
 *   <li>interface deleted: the descriptor polls as POLLERR, every read and write is EBADFD, so a lane learns it from
 *       the next call;
 *   <li>a buffer shorter than the frame: the rest of the frame is lost, nothing tells;
 *   <li>a runt, or in a tun neither IPv4 nor IPv6: the write is refused (EINVAL).
 * </ul>
 */
public final class FdTapQueue implements TapQueue {
    private static final int CLOSED = -1;
    private static final int VECTOR_BYTES = 16; // struct iovec of 64-bit Linux: address, length

    private final String device;
    private final MemorySegment callState = Downcalls.newCallState();
    private final MemorySegment vectors =
            Arena.ofAuto().allocate((long) GatheredFrame.MAX_PIECES * VECTOR_BYTES, Long.BYTES);
    private volatile int fd;

    /** Borrows {@code fd}. */
    public FdTapQueue(String device, int fd) {
        this.device = device;
        this.fd = fd;
    }

    @Override
    public int read(ByteBuf target) throws TapException {
        int room = target.writableBytes();
        if (room == 0) {
            throw new IllegalArgumentException("no room in the buffer: the kernel would throw a frame away");
        }
        int writerIndex = target.writerIndex();
        try {
            int bytes = read(target.memoryAddress() + writerIndex, room);
            target.writerIndex(writerIndex + bytes);
            return bytes;
        } finally {
            Reference.reachabilityFence(target);
        }
    }

    private int read(long address, int room) throws TapException {
        while (true) {
            long bytes = SystemCalls.read(callState, fd, address, room);
            if (bytes >= 0) {
                return (int) bytes;
            }
            int errno = Downcalls.errno(callState);
            if (errno == Errno.EAGAIN) {
                return 0;
            }
            if (errno != Errno.EINTR) {
                throw broken("read", errno);
            }
        }
    }

    @Override
    public boolean write(ByteBuf frame, int index, int length) throws TapException {
        Objects.checkFromIndexSize(index, length, frame.capacity());
        try {
            return write(frame.memoryAddress() + index, length);
        } finally {
            Reference.reachabilityFence(frame);
        }
    }

    // A frame is taken whole or not at all: there are no short writes to finish.

    private boolean write(long address, int length) throws TapException {
        while (SystemCalls.write(callState, fd, address, length) < 0) {
            if (isRefused()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean write(GatheredFrame frame) throws TapException {
        int pieces = frame.pieces();
        if (pieces == 1) {
            return write(frame.address(0), frame.length(0));
        }
        for (int piece = 0; piece < pieces; piece++) {
            long at = (long) piece * VECTOR_BYTES;
            vectors.set(ValueLayout.JAVA_LONG, at, frame.address(piece));
            vectors.set(ValueLayout.JAVA_LONG, at + Long.BYTES, frame.length(piece));
        }
        while (SystemCalls.writev(callState, fd, vectors.address(), pieces) < 0) {
            if (isRefused()) {
                return false;
            }
        }
        return true;
    }

    /** After a failed write: false when it is to be repeated. */
    private boolean isRefused() throws TapException {
        int errno = Downcalls.errno(callState);
        if (isRefusal(errno)) {
            return true;
        }
        if (errno != Errno.EINTR) {
            throw broken("write", errno);
        }
        return false;
    }

    /** Says something about this frame or this moment, and nothing about the device. */
    private static boolean isRefusal(int errno) {
        return switch (errno) {
            case Errno.EAGAIN, Errno.EIO, Errno.EINVAL, Errno.ENOMEM, Errno.ENOBUFS, Errno.EMSGSIZE -> true;
            default -> false;
        };
    }

    private TapException broken(String operation, int errno) {
        String remedy = switch (errno) {
            case Errno.EBADFD -> "the device was deleted; bring the tunnel up again";
            case Errno.EBADF -> "the device is closed";
            default -> "the device cannot be used any more; bring the tunnel up again";
        };
        return new TapException(device, operation, Errno.name(errno), remedy);
    }

    @Override
    public int fileDescriptor() {
        return fd;
    }

    /** Forgets the descriptor before its owner closes it: later calls fail instead of reaching a reused number. */
    public void close() {
        fd = CLOSED;
    }
}
