package dev.culvert.bench.kernel;

import dev.culvert.device.Errno;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Echo through one network device (RFC 792, RFC 4443 section 4), by a raw socket. */
public final class IcmpSocket implements EchoSocket, AutoCloseable {
    private static final int AF_INET = 2; // bits/socket.h
    private static final int AF_INET6 = 10;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SO_BINDTODEVICE = 25; // asm-generic/socket.h
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_MEMINFO = 55;
    private static final int MEMINFO_BYTES = 9 * Integer.BYTES; // linux/sock_diag.h: SK_MEMINFO_VARS
    private static final int MEMINFO_DROPS = 8 * Integer.BYTES; // SK_MEMINFO_DROPS
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;

    private static final int MAX_MESSAGE_BYTES = 65_535;
    private static final int HEADER_BYTES = 8; // of an echo message, without its payload
    private static final int CHECKSUM = 2;
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;
    private static final int NUMBER = HEADER_BYTES;
    private static final int TOKEN = NUMBER + Long.BYTES;

    private static final int POLLFD_BYTES = 8; // bits/poll.h: descriptor, events, and what came of them
    private static final int POLLIN = 1;
    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private enum Family {
        V4(AF_INET, 20, 1, 8, 0),
        V6(AF_INET6, 40, 58, 128, 129);

        private final int number;
        private final int headerBytes;
        private final int protocol;
        private final int request;
        private final int reply;

        Family(int number, int headerBytes, int protocol, int request, int reply) {
            this.number = number;
            this.headerBytes = headerBytes;
            this.protocol = protocol;
            this.request = request;
            this.reply = reply;
        }

        static Family of(InetAddress address) {
            return address instanceof Inet4Address ? V4 : V6;
        }
    }

    private final int fd;
    private final Family family;
    private final short identifier;
    private final NativeMemory request = new NativeMemory(MAX_MESSAGE_BYTES);
    private final NativeMemory incoming = new NativeMemory(MAX_MESSAGE_BYTES);
    private final ByteBuffer requestBytes = request.buffer();
    private final ByteBuffer incomingBytes = incoming.buffer();
    private final NativeMemory awaited = new NativeMemory(POLLFD_BYTES);
    private final NativeMemory limit = new NativeMemory(TIMESPEC_BYTES);

    private IcmpSocket(int fd, Family family, short identifier) {
        this.fd = fd;
        this.family = family;
        this.identifier = identifier;
        awaited.putInt(0, fd);
        awaited.putInt(Integer.BYTES, POLLIN);
    }

    /**
     * In the network namespace of the calling thread.
     *
     * @param identifier of this conversation, to tell its replies from those to others
     */
    public static IcmpSocket open(InetAddress address, String device, short identifier) throws IOException {
        Family family = Family.of(address);
        int fd = Libc.socket(family.number, SOCK_RAW_CLOEXEC, family.protocol);
        if (fd < 0) {
            throw new KernelException("socket", Libc.errno(), "needs CAP_NET_RAW and CAP_NET_ADMIN: run as root");
        }
        try {
            IcmpSocket socket = new IcmpSocket(fd, family, identifier);
            socket.setUp(address, device);
            return socket;
        } catch (Throwable e) {
            Libc.close(fd);
            throw e;
        }
    }

    private void setUp(InetAddress address, String device) throws KernelException {
        setOption("SO_BINDTODEVICE " + device, SO_BINDTODEVICE, device.getBytes(StandardCharsets.US_ASCII));
        setOption("SO_RCVBUFFORCE", SO_RCVBUFFORCE, nativeInt(RECEIVE_BUFFER_BYTES));
        // Connected, the kernel gives us nothing that another address sent, and tells of ICMP errors (raw(7)).
        // It refuses an IPv6 address without a route through the device; an IPv4 one it takes to be on the device's
        // link.
        if (Libc.connect(fd, copyOf(socketAddress(address)).segment()) < 0) {
            throw new KernelException(
                    "connect to %s through %s".formatted(address.getHostAddress(), device),
                    Libc.errno(),
                    "is there a route to it through this device? ip route show dev " + device);
        }
    }

    private void setOption(String name, int option, byte[] value) throws KernelException {
        if (Libc.setsockopt(fd, UdpSocket.SOL_SOCKET, option, copyOf(value).segment()) < 0) {
            throw KernelException.last(name);
        }
    }

    private static byte[] nativeInt(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static NativeMemory copyOf(byte[] value) {
        NativeMemory copy = new NativeMemory(value.length);
        copy.buffer().put(value);
        return copy;
    }

    /** sockaddr_in: family, port, address; sockaddr_in6: family, port, flow, address, scope. The port of ICMP is 0. */
    private byte[] socketAddress(InetAddress address) {
        boolean isV4 = family == Family.V4;
        return ByteBuffer.allocate(isV4 ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) family.number)
                .put(isV4 ? 4 : 8, address.getAddress())
                .array();
    }

    @Override
    public int headerBytes() {
        return family.headerBytes + HEADER_BYTES;
    }

    @Override
    public int send(long number, long token, int payloadBytes) {
        int bytes = HEADER_BYTES + payloadBytes;
        requestBytes
                .putShort(0, (short) (family.request << Byte.SIZE))
                .putShort(CHECKSUM, (short) 0)
                .putShort(IDENTIFIER, identifier)
                .putShort(SEQUENCE, (short) number)
                .putLong(NUMBER, number)
                .putLong(TOKEN, token);
        if (family == Family.V4) { // for ICMPv6 the kernel computes it (RFC 3542, section 3.1)
            requestBytes.putShort(CHECKSUM, checksum(requestBytes, bytes));
        }
        return Libc.send(fd, request.address(), bytes, UdpSocket.MSG_DONTWAIT) < 0 ? Libc.errno() : 0;
    }

    @Override
    public Received receive() {
        int bytes = (int) Libc.receive(fd, incoming.address(), incoming.bytes(), UdpSocket.MSG_DONTWAIT);
        if (bytes < 0) {
            int errno = Libc.errno();
            return errno == Errno.EAGAIN || errno == Errno.EINTR ? new Nothing() : new Refusal(errno);
        }
        // A raw socket of IPv4 delivers the IP header too, which the kernel has checked.
        int begin = family == Family.V4 ? (incomingBytes.get(0) & 0x0f) * Integer.BYTES : 0;
        if (bytes < begin + HEADER_BYTES
                || (incomingBytes.get(begin) & 0xff) != family.reply
                || incomingBytes.getShort(begin + IDENTIFIER) != identifier) {
            return new Foreign();
        }
        int payloadBytes = bytes - begin - HEADER_BYTES;
        return payloadBytes < MIN_PAYLOAD_BYTES
                ? new Reply(Reply.NO_NUMBER, 0, payloadBytes)
                : new Reply(incomingBytes.getLong(begin + NUMBER), incomingBytes.getLong(begin + TOKEN), payloadBytes);
    }

    @Override
    public void await(long nanos) {
        limit.putLong(0, Math.max(0, nanos) / NANOS_PER_SECOND);
        limit.putLong(Long.BYTES, Math.max(0, nanos) % NANOS_PER_SECOND);
        int _ = Libc.ppoll(awaited.segment(), 1, limit.segment()); // a signal may end it: it returns earlier then
    }

    @Override
    public long overrun() {
        NativeMemory info = new NativeMemory(MEMINFO_BYTES);
        NativeMemory length = new NativeMemory(Integer.BYTES);
        length.putInt(0, MEMINFO_BYTES);
        if (Libc.getsockopt(fd, UdpSocket.SOL_SOCKET, SO_MEMINFO, info.segment(), length.segment()) < 0) {
            throw new IllegalStateException("SO_MEMINFO: " + Errno.name(Libc.errno()));
        }
        return Integer.toUnsignedLong(info.getInt(MEMINFO_DROPS));
    }

    /** RFC 1071. */
    private static short checksum(ByteBuffer message, int length) {
        int sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += message.getShort(i) & 0xffff;
        }
        if (length % 2 == 1) {
            sum += (message.get(length - 1) & 0xff) << Byte.SIZE;
        }
        while (sum >>> Short.SIZE != 0) {
            sum = (sum & 0xffff) + (sum >>> Short.SIZE);
        }
        return (short) ~sum;
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
