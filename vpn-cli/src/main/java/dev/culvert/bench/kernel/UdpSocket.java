package dev.culvert.bench.kernel;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A UDP socket over IPv4, in the network namespace of the thread that opened it; used from any thread. */
public final class UdpSocket implements AutoCloseable {
    /** For {@link Libc#send} and {@link Libc#receive}: bits/socket.h. */
    public static final int MSG_DONTWAIT = 0x40;

    static final int SOL_SOCKET = 1; // asm-generic/socket.h, as all of these but those of UDP
    static final int SO_ZEROCOPY = 60;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_UDP = 17; // linux/udp.h
    private static final int UDP_SEGMENT = 103;
    private static final int UDP_GRO = 104;
    private static final int ADDRESS_BYTES = 16; // struct sockaddr_in

    private final int fd;

    private UdpSocket(int fd) {
        this.fd = fd;
    }

    /** With room for {@code bufferBytes} in each direction, whatever the limits of the machine say. */
    public static UdpSocket open(int bufferBytes) throws KernelException {
        int fd = Libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw KernelException.last("socket");
        }
        UdpSocket socket = new UdpSocket(fd);
        try {
            socket.set(SOL_SOCKET, SO_SNDBUFFORCE, bufferBytes, "SO_SNDBUFFORCE");
            socket.set(SOL_SOCKET, SO_RCVBUFFORCE, bufferBytes, "SO_RCVBUFFORCE");
            return socket;
        } catch (KernelException e) {
            socket.close();
            throw e;
        }
    }

    public UdpSocket bind(InetSocketAddress local) throws KernelException {
        if (Libc.bind(fd, encoded(local).segment()) < 0) {
            throw KernelException.last("bind " + local);
        }
        return this;
    }

    public UdpSocket connect(InetSocketAddress remote) throws KernelException {
        if (Libc.connect(fd, encoded(remote).segment()) < 0) {
            throw KernelException.last("connect " + remote);
        }
        return this;
    }

    /** From now on what is sent is cut into datagrams of {@code bytes}. */
    public UdpSocket segments(int bytes) throws KernelException {
        return set(SOL_UDP, UDP_SEGMENT, bytes, "UDP_SEGMENT");
    }

    /** From now on several datagrams of one sender arrive as one. */
    public UdpSocket coalesced() throws KernelException {
        return set(SOL_UDP, UDP_GRO, 1, "UDP_GRO");
    }

    UdpSocket set(int level, int option, int value, String name) throws KernelException {
        NativeMemory argument = new NativeMemory(Integer.BYTES);
        argument.putInt(0, value);
        if (Libc.setsockopt(fd, level, option, argument.segment()) < 0) {
            throw KernelException.last(name);
        }
        return this;
    }

    public int fd() {
        return fd;
    }

    /** Takes out what waits; returns how many datagrams that were. */
    public int drain(NativeMemory scratch) {
        int count = 0;
        while (Libc.receive(fd, scratch.address(), scratch.bytes(), MSG_DONTWAIT) >= 0) {
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        Libc.close(fd);
    }

    private static NativeMemory encoded(InetSocketAddress address) {
        NativeMemory encoded = new NativeMemory(ADDRESS_BYTES);
        ByteBuffer fields = encoded.buffer().order(ByteOrder.nativeOrder());
        fields.putShort(0, (short) AF_INET);
        fields.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) address.getPort());
        fields.put(4, address.getAddress().getAddress());
        return encoded;
    }
}
