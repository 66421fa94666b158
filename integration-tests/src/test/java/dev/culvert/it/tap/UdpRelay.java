package dev.culvert.it.tap;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Carries datagrams between a near side, whoever that is, and a far address, and remembers the first it saw. It may carry
 * them badly.
 */
final class UdpRelay implements AutoCloseable {
    private static final int REMEMBERED = 1000;
    private static final int MAX_DATAGRAM_BYTES = 65_536;
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024; // the kernel may give less

    private final DatagramChannel near;
    private final DatagramChannel far;
    private final InetSocketAddress farAddress;
    private final List<byte[]> seen = new CopyOnWriteArrayList<>();
    private volatile @Nullable SocketAddress nearAddress;
    private volatile boolean carrying = true;
    private volatile double trouble;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger doubled = new AtomicInteger();
    private final AtomicInteger delayed = new AtomicInteger();

    private UdpRelay(DatagramChannel near, DatagramChannel far, InetSocketAddress farAddress) {
        this.near = near;
        this.far = far;
        this.farAddress = farAddress;
    }

    static UdpRelay open(LabHost host, InetSocketAddress listen, InetSocketAddress farAddress) throws LabException {
        UdpRelay relay =
                host.call(() -> new UdpRelay(bound(listen), bound(new InetSocketAddress("0.0.0.0", 0)), farAddress));
        Thread.ofPlatform().daemon().name("relay-outward").start(relay::carryOutward);
        Thread.ofPlatform().daemon().name("relay-homeward").start(relay::carryHomeward);
        return relay;
    }

    private static DatagramChannel bound(InetSocketAddress address) throws IOException {
        return DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                .bind(address);
    }

    /** From now on it swallows what comes. */
    void stopCarrying() {
        carrying = false;
    }

    /** From now on it loses this share of what comes, carries as much twice, and as much behind what comes after it. */
    void carryBadly(double share) {
        trouble = share;
    }

    int lost() {
        return lost.get();
    }

    int doubled() {
        return doubled.get();
    }

    int delayed() {
        return delayed.get();
    }

    byte[] firstOfType(int type) {
        return ofType(type).getFirst();
    }

    /** In either direction. */
    List<byte[]> ofType(int type) {
        return seen.stream().filter(datagram -> datagram[0] == type).toList();
    }

    private void carryOutward() {
        carry(
                near,
                from -> {
                    nearAddress = from;
                    return farAddress;
                },
                far);
    }

    private void carryHomeward() {
        carry(far, _ -> nearAddress, near);
    }

    private interface Route {
        @Nullable
        SocketAddress next(SocketAddress from);
    }

    private void carry(DatagramChannel in, Route route, DatagramChannel out) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
        BadLine line = new BadLine(out);
        try {
            while (true) {
                SocketAddress to = route.next(in.receive(buffer.clear()));
                buffer.flip();
                remember(buffer);
                if (to != null && carrying) {
                    line.carry(buffer, to);
                }
            }
        } catch (ClosedChannelException closed) {
            // the test is over
        } catch (IOException broken) {
            throw new AssertionError("relay", broken);
        }
    }

    private void remember(ByteBuffer datagram) {
        if (seen.size() < REMEMBERED && datagram.hasRemaining()) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes).flip();
            seen.add(Arrays.copyOf(bytes, bytes.length));
        }
    }

    /** One direction. */
    private final class BadLine {
        private final DatagramChannel out;
        private final Random random = new Random(1);
        private @Nullable ByteBuffer held;

        private BadLine(DatagramChannel out) {
            this.out = out;
        }

        void carry(ByteBuffer datagram, SocketAddress to) throws IOException {
            double luck = random.nextDouble() / trouble; // infinite where there is no trouble
            if (luck < 1) {
                lost.incrementAndGet();
            } else if (luck < 2) {
                doubled.incrementAndGet();
                out.send(datagram, to);
                out.send(datagram.rewind(), to);
            } else if (luck < 3 && held == null) {
                delayed.incrementAndGet();
                held = ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
            } else {
                out.send(datagram, to);
                sendHeld(to);
            }
        }

        private void sendHeld(SocketAddress to) throws IOException {
            ByteBuffer late = held;
            if (late != null) {
                held = null;
                out.send(late, to);
            }
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
