package dev.culvert.testkit;

import dev.culvert.udp.UdpReceiver;
import dev.culvert.udp.UdpTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sockets that reach each other over an imperfect network, inside a {@link Simulation}. */
public final class SimulatedNetwork {
    /**
     * @param loss share of datagrams lost, 0..1; {@code duplication} share delivered twice
     * @param minDelay and {@code maxDelay}: each datagram takes a time of its own between them, so a spread reorders
     */
    public record Conditions(double loss, double duplication, Duration minDelay, Duration maxDelay) {
        public static final Conditions PERFECT = new Conditions(0, 0, Duration.ofMillis(1), Duration.ofMillis(1));
    }

    /** A datagram as it left its sender. */
    public record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
        public int type() {
            return bytes.length == 0 ? -1 : bytes[0];
        }
    }

    private final Simulation simulation;
    /** Several of one address take turns: a session may come to a tunnel on any of its lanes. */
    private final Map<InetSocketAddress, Deque<Socket>> sockets = new HashMap<>();

    private final List<Datagram> captured = new ArrayList<>();
    private Conditions conditions = Conditions.PERFECT;
    private Predicate<Datagram> filter = datagram -> true;
    private boolean capturing;
    private boolean bunching;

    public SimulatedNetwork(Simulation simulation) {
        this.simulation = simulation;
    }

    public void setConditions(Conditions now) {
        conditions = now;
    }

    /** Only what passes {@code passes} is carried from now on. */
    public void setFilter(Predicate<Datagram> passes) {
        filter = passes;
    }

    /** What arrives at the same moment is received at once from now on, as a busy socket does. */
    public void receiveInBunches() {
        bunching = true;
    }

    /** Forgets earlier captures and records every datagram sent from now on, lost ones included. */
    public void startCapture() {
        captured.clear();
        capturing = true;
    }

    public List<Datagram> captured() {
        return List.copyOf(captured);
    }

    public Socket bind(InetSocketAddress address) {
        Socket socket = new Socket(address);
        add(socket);
        return socket;
    }

    private void add(Socket socket) {
        sockets.computeIfAbsent(socket.address, _ -> new ArrayDeque<>()).add(socket);
    }

    private void remove(Socket socket) {
        sockets.getOrDefault(socket.address, new ArrayDeque<>()).remove(socket);
    }

    private @Nullable Socket next(InetSocketAddress address) {
        Deque<Socket> bound = sockets.getOrDefault(address, new ArrayDeque<>());
        Socket next = bound.poll();
        if (next != null) {
            bound.add(next);
        }
        return next;
    }

    /** Puts a datagram on the wire, from any address, genuine or not; it arrives at once and surely. */
    public void inject(Datagram datagram) {
        deliver(datagram);
    }

    private void carry(Datagram datagram) {
        if (capturing) {
            captured.add(datagram);
        }
        if (!filter.test(datagram) || simulation.random().nextDouble() < conditions.loss()) {
            return;
        }
        simulation.after(delay(), () -> arrive(datagram));
        if (simulation.random().nextDouble() < conditions.duplication()) {
            simulation.after(delay(), () -> arrive(datagram));
        }
    }

    private Duration delay() {
        long spread = conditions.maxDelay().minus(conditions.minDelay()).toNanos();
        long extra = spread == 0 ? 0 : simulation.random().nextLong(spread);
        return conditions.minDelay().plusNanos(extra);
    }

    private void arrive(Datagram datagram) {
        Socket socket = next(datagram.to());
        if (!bunching || socket == null) {
            receive(socket, datagram);
            return;
        }
        socket.arrived.add(datagram);
        if (socket.arrived.size() == 1) {
            simulation.after(Duration.ZERO, () -> {
                List<Datagram> bunch = List.copyOf(socket.arrived);
                socket.arrived.clear();
                socket.receive(bunch);
            });
        }
    }

    private void deliver(Datagram datagram) {
        receive(next(datagram.to()), datagram);
    }

    private static void receive(@Nullable Socket socket, Datagram datagram) {
        if (socket != null) {
            socket.receive(List.of(datagram));
        }
    }

    /** One socket; {@link #moveTo} gives it another address, as when a laptop changes networks. */
    public final class Socket implements UdpTransport {
        private InetSocketAddress address;
        private @Nullable UdpReceiver receiver;
        private boolean writable = true;
        private final List<Datagram> unflushed = new ArrayList<>();
        private final List<Datagram> arrived = new ArrayList<>();

        private Socket(InetSocketAddress address) {
            this.address = address;
        }

        public void moveTo(InetSocketAddress newAddress) {
            remove(this);
            address = newAddress;
            add(this);
        }

        /** Makes the socket full, or ready again. */
        public void setWritable(boolean now) {
            writable = now;
            if (now && receiver != null) {
                receiver.onWritable();
            }
        }

        @Override
        public void receive(UdpReceiver newReceiver) {
            receiver = newReceiver;
        }

        private void receive(List<Datagram> bunch) {
            if (receiver == null) {
                return;
            }
            List<ByteBuf> buffers = new ArrayList<>();
            for (Datagram datagram : bunch) {
                ByteBuf buffer = PooledByteBufAllocator.DEFAULT
                        .directBuffer(Math.max(1, datagram.bytes().length))
                        .writeBytes(datagram.bytes());
                buffers.add(buffer);
                receiver.onDatagram(buffer, datagram.from());
            }
            receiver.onReceiveComplete();
            buffers.forEach(ByteBuf::release);
        }

        @Override
        public void send(ByteBuf datagrams, int segmentBytes, InetSocketAddress remote) {
            try {
                while (datagrams.isReadable()) {
                    byte[] bytes = new byte[Math.min(segmentBytes, datagrams.readableBytes())];
                    datagrams.readBytes(bytes);
                    unflushed.add(new Datagram(address, remote, bytes));
                }
            } finally {
                datagrams.release();
            }
        }

        @Override
        public void flush() {
            List<Datagram> leaving = List.copyOf(unflushed);
            unflushed.clear();
            leaving.forEach(SimulatedNetwork.this::carry);
            if (receiver != null) {
                receiver.onSent(leaving.size());
            }
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public boolean isFull() {
            return !writable;
        }

        @Override
        public long heldDatagrams() {
            return unflushed.size();
        }

        @Override
        public void sharePort() {
            // Sockets of one address are no matter here.
        }

        @Override
        public InetSocketAddress localAddress() {
            return address;
        }

        @Override
        public void close() {
            remove(this);
            receiver = null;
        }
    }
}
