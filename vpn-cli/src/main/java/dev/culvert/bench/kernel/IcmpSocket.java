package dev.culvert.bench.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Echo requests through one network device to one address, and their replies (RFC 792, RFC 4443 section 4). A raw socket:
 * needs CAP_NET_RAW. One thread may send while another receives.
 */
public final class IcmpSocket implements AutoCloseable {
    /** Of an echo message, without its payload. */
    public static final int HEADER_BYTES = 8;
    /** Sequence number and time stamp, which every payload begins with. */
    public static final int MIN_PAYLOAD_BYTES = 16;

    private static final int AF_INET = 2; // sys/socket.h, and asm-generic/socket.h below
    private static final int AF_INET6 = 10;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_BINDTODEVICE = 25;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;
    private static final int MAX_MESSAGE_BYTES = 65_535;

    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN).withByteAlignment(1);
    private static final ValueLayout.OfLong UNALIGNED_LONG = JAVA_LONG.withByteAlignment(1);

    private enum Family {
        V4(1, 8, 0),
        V6(58, 128, 129);

        private final int protocol;
        private final int request;
        private final int reply;

        Family(int protocol, int request, int reply) {
            this.protocol = protocol;
            this.request = request;
            this.reply = reply;
        }
    }

    /** A reply to one of our requests. */
    public record Reply(long sequence, long sentNanos) {}

    private final Arena arena = Arena.ofShared();
    private final IcmpCalls sending = new IcmpCalls();
    private final IcmpCalls receiving = new IcmpCalls();
    private final MemorySegment request;
    private final MemorySegment incoming;
    private final Family family;
    private final short identifier;
    private final int fd;

    private IcmpSocket(InetAddress address, String device, short identifier, Duration receiveLimit) throws IOException {
        this.family = address instanceof Inet4Address ? Family.V4 : Family.V6;
        this.identifier = identifier;
        this.request = arena.allocate(MAX_MESSAGE_BYTES);
        this.incoming = arena.allocate(MAX_MESSAGE_BYTES);
        this.fd = Libc.socket(family == Family.V4 ? AF_INET : AF_INET6, SOCK_RAW_CLOEXEC, family.protocol);
        checked("socket", fd);
        try {
            setUp(address, device, receiveLimit);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * @param identifier of this conversation, to tell its replies from those to others
     * @param receiveLimit how long {@link #receive} waits
     */
    public static IcmpSocket open(InetAddress address, String device, short identifier, Duration receiveLimit)
            throws IOException {
        return new IcmpSocket(address, device, identifier, receiveLimit);
    }

    private void setUp(InetAddress address, String device, Duration receiveLimit) throws IOException {
        try (Arena scratch = Arena.ofConfined()) {
            byte[] name = device.getBytes(StandardCharsets.US_ASCII);
            setOption(SO_BINDTODEVICE, scratch.allocateFrom(JAVA_BYTE, name));
            setOption(SO_RCVTIMEO, scratch.allocateFrom(JAVA_LONG, 0, receiveLimit.toNanos() / 1000));
            setOption(SO_RCVBUFFORCE, scratch.allocateFrom(JAVA_INT, RECEIVE_BUFFER_BYTES));
            checked("connect", Libc.connect(fd, socketAddress(scratch, address)));
        }
    }

    private void setOption(int option, MemorySegment value) throws KernelException {
        checked("setsockopt", Libc.setsockopt(fd, UdpSocket.SOL_SOCKET, option, value));
    }

    private static void checked(String call, int result) throws KernelException {
        if (result < 0) {
            throw KernelException.last(call);
        }
    }

    private MemorySegment socketAddress(Arena scratch, InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isV4 = family == Family.V4;
        MemorySegment target = scratch.allocate(isV4 ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES, Integer.BYTES);
        target.set(JAVA_SHORT, 0, (short) (isV4 ? AF_INET : AF_INET6));
        // sockaddr_in: family, port, address; sockaddr_in6: family, port, flow, address, scope. The port of ICMP is 0.
        MemorySegment.copy(bytes, 0, target, JAVA_BYTE, isV4 ? 4 : 8, bytes.length);
        return target;
    }

    /**
     * Sends one request; returns false when the device's queue is full at the moment.
     *
     * @param payloadBytes at least {@link #MIN_PAYLOAD_BYTES}
     */
    public boolean send(long sequence, long nowNanos, int payloadBytes) throws IOException {
        MemorySegment message = request.asSlice(0, HEADER_BYTES + payloadBytes);
        message.set(JAVA_BYTE, 0, (byte) family.request);
        message.set(NETWORK_SHORT, 2, (short) 0);
        message.set(NETWORK_SHORT, 4, identifier);
        message.set(NETWORK_SHORT, 6, (short) sequence);
        message.set(UNALIGNED_LONG, 8, sequence);
        message.set(UNALIGNED_LONG, 16, nowNanos);
        if (family == Family.V4) { // for ICMPv6 the kernel computes it (RFC 3542, section 3.1)
            message.set(NETWORK_SHORT, 2, checksum(message));
        }
        return sending.send(fd, message);
    }

    /** Waits for a reply; empty when the time is over, or when something else came. */
    public Optional<Reply> receive() throws IOException {
        int bytes = receiving.receive(fd, incoming);
        if (bytes <= 0) {
            return Optional.empty();
        }
        int begin = family == Family.V4 ? (incoming.get(JAVA_BYTE, 0) & 0x0f) * Integer.BYTES : 0; // the IPv4 header
        if (bytes < begin + HEADER_BYTES + MIN_PAYLOAD_BYTES) {
            return Optional.empty();
        }
        MemorySegment message = incoming.asSlice(begin, bytes - begin);
        if ((message.get(JAVA_BYTE, 0) & 0xff) != family.reply || message.get(NETWORK_SHORT, 4) != identifier) {
            return Optional.empty();
        }
        return Optional.of(new Reply(message.get(UNALIGNED_LONG, 8), message.get(UNALIGNED_LONG, 16)));
    }

    /** RFC 1071. */
    private static short checksum(MemorySegment message) {
        int sum = 0;
        long length = message.byteSize();
        for (long i = 0; i + 1 < length; i += 2) {
            sum += message.get(NETWORK_SHORT, i) & 0xffff;
        }
        if (length % 2 == 1) {
            sum += (message.get(JAVA_BYTE, length - 1) & 0xff) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /** After the last call of either thread has returned. */
    @Override
    public void close() {
        Libc.close(fd);
        arena.close();
    }
}
