package dev.culvert.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A bound socket on a loop of its own, and everything it reported. Callable from any thread. */
final class TestSocket implements UdpReceiver, AutoCloseable {
    record Received(ByteBuffer bytes, InetSocketAddress from, boolean inPlace) {}

    static final int MAX_DATAGRAM_BYTES = 2048;

    final LaneLoop loop;
    final UdpTransport transport;
    final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger receiveCompletions = new AtomicInteger();
    final AtomicInteger writable = new AtomicInteger();
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger tooLarge = new AtomicInteger();

    private TestSocket(LaneLoop loop, UdpTransport transport) {
        this.loop = loop;
        this.transport = transport;
    }

    static TestSocket bind(IoBackend backend, String host) throws UdpException {
        return bind(backend.newLoop("test-lane"), address(host, 0));
    }

    /** Closes the loop when the socket cannot be bound. */
    static TestSocket bind(LaneLoop loop, InetSocketAddress listen) throws UdpException {
        try {
            TestSocket socket = new TestSocket(loop, loop.bind(listen, MAX_DATAGRAM_BYTES));
            socket.transport.receive(socket);
            return socket;
        } catch (UdpException e) {
            loop.close();
            throw e;
        }
    }

    int port() {
        return transport.localAddress().getPort();
    }

    /** The port of this socket at another address of the machine. */
    InetSocketAddress at(String host) {
        return address(host, port());
    }

    /** Returns when the datagrams were queued and flushed. */
    void send(byte[] datagrams, int segmentBytes, InetSocketAddress remote) {
        run(() -> {
            transport.send(buffer(datagrams), segmentBytes, remote);
            transport.flush();
        });
    }

    void run(Runnable task) {
        CompletableFuture.runAsync(task, loop).join();
    }

    int accountedFor() {
        return sent.get() + failed.get() + tooLarge.get();
    }

    static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    static ByteBuf buffer(byte[] bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }

    @Override
    public void onDatagram(ByteBuf datagram, InetSocketAddress from) {
        byte[] bytes = ByteBufUtil.getBytes(datagram);
        boolean inPlace = datagram.isDirect() && !datagram.isReadOnly();
        if (inPlace && datagram.isReadable()) {
            datagram.setByte(datagram.readerIndex(), ~bytes[0]); // as opening in place does
        }
        received.add(new Received(ByteBuffer.wrap(bytes), from, inPlace));
    }

    @Override
    public void onReceiveComplete() {
        receiveCompletions.incrementAndGet();
    }

    @Override
    public void onWritable() {
        writable.incrementAndGet();
    }

    @Override
    public void onSent(int count) {
        sent.addAndGet(count);
    }

    @Override
    public void onSendFailed(int count, boolean asTooLarge) {
        (asTooLarge ? tooLarge : failed).addAndGet(count);
    }

    @Override
    public void close() {
        loop.close();
    }
}
