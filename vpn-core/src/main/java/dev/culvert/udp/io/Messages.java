package dev.culvert.udp.io;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of {@code struct mmsghdr} (sys/socket.h), each with room for a name, one piece of memory and one control
 * message (the size of a segment). Layouts are those of 64-bit Linux, which x86-64 and arm64 share.
 */
final class Messages {
    static final int NAME_BYTES = 32; // sockaddr_in6 has 28

    private static final int HEADER_BYTES = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_LENGTH = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int MESSAGE_BYTES = 56;

    private static final int VECTOR_BYTES = 16;
    private static final int VECTOR_SIZE = 8;

    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_DATA = 16;
    private static final int CONTROL_BYTES = 24; // CMSG_SPACE of an int, and of a short

    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103; // linux/udp.h
    private static final int UDP_GRO = 104;

    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment vectors;
    private final MemorySegment controls;

    Messages(int count) {
        Arena arena = Arena.ofAuto();
        headers = arena.allocate((long) count * HEADER_BYTES, Long.BYTES);
        names = arena.allocate((long) count * NAME_BYTES, Long.BYTES);
        vectors = arena.allocate((long) count * VECTOR_BYTES, Long.BYTES);
        controls = arena.allocate((long) count * CONTROL_BYTES, Long.BYTES);
        for (int i = 0; i < count; i++) {
            putLong(headers, i * HEADER_BYTES + NAME, names.address() + (long) i * NAME_BYTES);
            putLong(headers, i * HEADER_BYTES + VECTOR, vectors.address() + (long) i * VECTOR_BYTES);
            putLong(headers, i * HEADER_BYTES + VECTOR_LENGTH, 1);
            putLong(headers, i * HEADER_BYTES + CONTROL, controls.address() + (long) i * CONTROL_BYTES);
        }
    }

    /** Of the array; whoever uses it holds on to this object. */
    long address() {
        return headers.address();
    }

    MemorySegment names() {
        return names;
    }

    static int nameOffset(int message) {
        return message * NAME_BYTES;
    }

    void setMemory(int message, long address, int bytes) {
        putLong(vectors, message * VECTOR_BYTES, address);
        putLong(vectors, message * VECTOR_BYTES + VECTOR_SIZE, bytes);
    }

    void setNameLength(int message, int bytes) {
        headers.set(JAVA_INT, (long) message * HEADER_BYTES + NAME_LENGTH, bytes);
    }

    int nameLength(int message) {
        return headers.get(JAVA_INT, (long) message * HEADER_BYTES + NAME_LENGTH);
    }

    /** To be cut into segments of this size (udp(7), UDP_SEGMENT); 0 for not at all. */
    void setSegment(int message, int segmentBytes) {
        int control = message * CONTROL_BYTES;
        if (segmentBytes == 0) {
            putLong(headers, message * HEADER_BYTES + CONTROL_LENGTH, 0);
            return;
        }
        putLong(headers, message * HEADER_BYTES + CONTROL_LENGTH, CONTROL_BYTES);
        putLong(controls, control, CONTROL_DATA + Short.BYTES);
        controls.set(JAVA_INT, (long) control + CONTROL_LEVEL, SOL_UDP);
        controls.set(JAVA_INT, (long) control + CONTROL_TYPE, UDP_SEGMENT);
        controls.set(JAVA_SHORT, (long) control + CONTROL_DATA, (short) segmentBytes);
    }

    /** Before it is received into: the kernel wrote over the lengths the last time. */
    void reset(int message) {
        setNameLength(message, NAME_BYTES);
        putLong(headers, message * HEADER_BYTES + CONTROL_LENGTH, CONTROL_BYTES);
    }

    int bytes(int message) {
        return headers.get(JAVA_INT, (long) message * HEADER_BYTES + MESSAGE_BYTES);
    }

    /** Of a received message, the size of the datagrams it was joined from (udp(7), UDP_GRO); 0 when it is one. */
    int joinedSegment(int message) {
        long controlLength = headers.get(JAVA_LONG, (long) message * HEADER_BYTES + CONTROL_LENGTH);
        long control = (long) message * CONTROL_BYTES;
        boolean told = controlLength >= CONTROL_DATA + Integer.BYTES
                && controls.get(JAVA_INT, control + CONTROL_LEVEL) == SOL_UDP
                && controls.get(JAVA_INT, control + CONTROL_TYPE) == UDP_GRO;
        return told ? controls.get(JAVA_INT, control + CONTROL_DATA) : 0;
    }

    private static void putLong(MemorySegment segment, int offset, long value) {
        segment.set(JAVA_LONG, offset, value);
    }
}
