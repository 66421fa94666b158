package dev.culvert.tunnel;

import dev.culvert.udp.UdpReceiver;
import dev.culvert.udp.UdpTransport;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A socket without a kernel: datagrams are handed to the other end from the memory that they were sealed into. */
final class ShortWire implements UdpTransport {
    private final InetSocketAddress address;
    private final Queue<ByteBuf> held = new ArrayDeque<>();
    private Fate fate = Fate.ARRIVE;
    private int heldSegmentBytes;
    private @Nullable UdpReceiver receiver;
    private @Nullable ShortWire far;

    /** What becomes of datagrams that are sent. */
    enum Fate {
        ARRIVE,
        /** They wait for {@link #deliverHeld}, as in a socket that sends later; all have one size then. */
        WAIT,
        VANISH
    }

    ShortWire(InetSocketAddress address) {
        this.address = address;
    }

    void joinTo(ShortWire other) {
        far = other;
        other.far = this;
    }

    void setFate(Fate of) {
        fate = of;
    }

    @Override
    public void receive(UdpReceiver newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public void send(ByteBuf datagrams, int segmentBytes, InetSocketAddress remote) {
        switch (fate) {
            case ARRIVE -> deliver(datagrams, segmentBytes);
            case WAIT -> {
                heldSegmentBytes = segmentBytes;
                held.add(datagrams);
            }
            case VANISH -> datagrams.release();
        }
    }

    void deliverHeld() {
        for (ByteBuf datagrams = held.poll(); datagrams != null; datagrams = held.poll()) {
            deliver(datagrams, heldSegmentBytes);
        }
    }

    private void deliver(ByteBuf datagrams, int segmentBytes) {
        UdpReceiver there = Objects.requireNonNull(Objects.requireNonNull(far).receiver);
        int end = datagrams.writerIndex();
        for (int at = datagrams.readerIndex(); at < end; at += segmentBytes) {
            datagrams.setIndex(at, Math.min(at + segmentBytes, end));
            there.onDatagram(datagrams, address);
        }
        there.onReceiveComplete();
        datagrams.release();
    }

    @Override
    public void flush() {
        // Sending was all there is to do.
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public long heldDatagrams() {
        return held.size();
    }

    @Override
    public void sharePort() {
        // One lane.
    }

    @Override
    public InetSocketAddress localAddress() {
        return address;
    }

    @Override
    public void close() {
        held.forEach(ByteBuf::release);
        held.clear();
    }
}
