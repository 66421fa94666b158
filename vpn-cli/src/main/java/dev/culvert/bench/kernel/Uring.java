package dev.culvert.bench.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.culvert.device.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * A small io_uring: as many requests as the ring has entries, written once, submitted together in one system call, in
 * which most of them end. Opened and used on the same thread. Layouts are those of linux/io_uring.h.
 */
public final class Uring implements AutoCloseable {
    private static final int PARAMETERS_BYTES = 120; // struct io_uring_params
    private static final int PARAMETERS_FLAGS = 8;
    private static final int SQ_OFFSETS = 40;
    private static final int CQ_OFFSETS = 80;
    private static final int CQ_ENTRIES = 4;
    private static final int TAIL = 4; // in both tables of offsets
    private static final int MASK = 8;
    private static final int SQ_ARRAY = 24;
    private static final int CQES = 20;

    private static final int SINGLE_ISSUER_DEFER_TASKRUN = 1 << 12 | 1 << 13; // IORING_SETUP_*, Linux 6.1
    private static final int GETEVENTS = 1; // IORING_ENTER_GETEVENTS
    private static final int REGISTER_BUFFERS = 0;

    private static final int SQE_BYTES = 64;
    private static final int CQE_BYTES = 16;
    private static final int CQE_RESULT = 8;
    private static final int CQE_FLAGS = 12;
    private static final int MORE = 1 << 1; // IORING_CQE_F_MORE: another completion of this request follows
    private static final int NOTIFICATION = 1 << 3; // IORING_CQE_F_NOTIF
    private static final int COPIED = 1 << 31; // IORING_NOTIF_USAGE_ZC_COPIED
    private static final long LIMIT_NANOS = 1_000_000_000;
    private static final VarHandle INT = JAVA_INT.varHandle();

    private final int fd;
    private final int entries;
    private final UringMemory.Mapped mapped;
    private final MemorySegment rings;
    private final NativeMemory parameters = new NativeMemory(PARAMETERS_BYTES);
    private final List<NativeMemory> held = new ArrayList<>(); // the requests point there
    private int submitted; // the tail of the submission queue
    private int reaped; // the head of the completion queue
    private int unaccepted; // of those submitted, what the kernel has not taken yet
    private int open; // of those submitted, what has not ended
    private int result; // of the run: that of any request with another than expected, else the expected one
    private boolean copied;

    /** @param entries a power of two: the requests of one {@link #run} */
    public Uring(int entries) throws KernelException {
        this.entries = entries;
        this.fd = setUp();
        try {
            this.mapped = UringMemory.map(fd, ringBytes(), (long) entries * SQE_BYTES);
        } catch (KernelException e) {
            Libc.close(fd);
            throw e;
        }
        this.rings = mapped.rings();
        for (int i = 0; i < entries; i++) {
            rings.set(JAVA_INT, parameters.getInt(SQ_OFFSETS + SQ_ARRAY) + (long) i * Integer.BYTES, i);
        }
    }

    private int setUp() throws KernelException {
        parameters.putInt(PARAMETERS_FLAGS, SINGLE_ISSUER_DEFER_TASKRUN);
        int made = UringMemory.setup(entries, parameters);
        if (made < 0 && Libc.errno() == Errno.EINVAL) { // an older kernel
            parameters.putInt(PARAMETERS_FLAGS, 0);
            made = UringMemory.setup(entries, parameters);
        }
        if (made < 0) {
            throw new KernelException("io_uring_setup", Libc.errno(), UringMemory.remedy(Libc.errno()));
        }
        return made;
    }

    /** Both queues lie in one mapping since Linux 5.4. */
    private long ringBytes() {
        long submissions = parameters.getInt(SQ_OFFSETS + SQ_ARRAY) + (long) entries * Integer.BYTES;
        long completions = parameters.getInt(CQ_OFFSETS + CQES) + (long) parameters.getInt(CQ_ENTRIES) * CQE_BYTES;
        return Math.max(submissions, completions);
    }

    /** Lets requests name {@code memory} as a buffer whose pages the kernel holds already. */
    public Uring register(NativeMemory memory) throws KernelException {
        NativeMemory vector = new NativeMemory(2 * Long.BYTES);
        vector.putLong(0, memory.address());
        vector.putLong(Long.BYTES, memory.bytes());
        try {
            if (UringMemory.register(fd, REGISTER_BUFFERS, vector.address(), 1) < 0) {
                throw new KernelException(
                        "io_uring: registering a buffer", Libc.errno(), UringMemory.remedy(Libc.errno()));
            }
        } finally {
            Reference.reachabilityFence(vector);
        }
        return this;
    }

    /** Fills every entry with the same request, for all of {@code memory}. */
    public Uring request(UringRequest request, int file, NativeMemory memory) {
        MemorySegment requests = mapped.requests();
        for (int i = 0; i < entries; i++) {
            long at = (long) i * SQE_BYTES;
            requests.asSlice(at, SQE_BYTES).fill((byte) 0);
            requests.set(JAVA_BYTE, at, request.opcode());
            requests.set(JAVA_SHORT, at + 2, request.priorityFlags());
            requests.set(JAVA_INT, at + 4, file);
            requests.set(JAVA_LONG, at + 8, request.offset());
            requests.set(JAVA_LONG, at + 16, memory.address());
            requests.set(JAVA_INT, at + 24, (int) memory.bytes());
        }
        held.add(memory);
        return this;
    }

    /**
     * Submits all entries in one system call and waits until each has ended, having carried {@code bytes}.
     *
     * @throws KernelException when one has ended otherwise, or does not end; then this may be tried again
     */
    public void run(int bytes) throws KernelException {
        awaitRest(bytes); // of a run that was given up
        submitted += entries;
        INT.setRelease(rings, (long) parameters.getInt(SQ_OFFSETS + TAIL), submitted);
        unaccepted = entries;
        open = entries;
        result = bytes;
        enter(bytes);
        awaitRest(bytes);
        if (result != bytes) {
            throw KernelException.completed(result);
        }
    }

    /** The clock is not asked where everything has ended in the first call: that is what is measured. */
    private void awaitRest(int bytes) throws KernelException {
        if (open == 0) {
            return;
        }
        long began = System.nanoTime();
        do {
            if (System.nanoTime() - began > LIMIT_NANOS) {
                throw KernelException.late("io_uring requests");
            }
            enter(bytes);
        } while (open > 0);
    }

    /** Never waits inside the kernel, where nothing would end it. */
    private void enter(int bytes) throws KernelException {
        int accepted = UringMemory.enter(fd, unaccepted, 0, GETEVENTS);
        if (accepted >= 0) {
            unaccepted -= accepted;
        } else if (Libc.errno() != Errno.EINTR) {
            throw KernelException.last("io_uring_enter");
        }
        reap(bytes);
    }

    private void reap(int bytes) {
        int tail = (int) INT.getAcquire(rings, (long) parameters.getInt(CQ_OFFSETS + TAIL));
        int mask = rings.get(JAVA_INT, parameters.getInt(CQ_OFFSETS + MASK));
        for (; reaped != tail; reaped++) {
            long entry = parameters.getInt(CQ_OFFSETS + CQES) + (long) (reaped & mask) * CQE_BYTES;
            int returned = rings.get(JAVA_INT, entry + CQE_RESULT);
            int flags = rings.get(JAVA_INT, entry + CQE_FLAGS);
            if ((flags & NOTIFICATION) != 0) {
                copied |= (returned & COPIED) != 0;
            } else if (returned != bytes) {
                result = returned;
            }
            if ((flags & MORE) == 0) {
                open--;
            }
        }
        INT.setRelease(rings, (long) parameters.getInt(CQ_OFFSETS), reaped);
    }

    /** True when a zero-copy request was answered with a copy after all. */
    public boolean hasCopied() {
        return copied;
    }

    @Override
    public void close() {
        mapped.unmap();
        Libc.close(fd);
    }
}
