package dev.culvert.it.tap;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Carries datagrams between a near side, whoever that is, and a far address, and remembers the first it saw. */
final class UdpRelay implements AutoCloseable {
    private static final int REMEMBERED = 1000;
    private static final int MAX_DATAGRAM_BYTES = 65_536;

    private final DatagramChannel near;
    private final DatagramChannel far;
    private final InetSocketAddress farAddress;
    private final List<byte[]> seen = new CopyOnWriteArrayList<>();
    private volatile @Nullable SocketAddress nearAddress;
    private volatile boolean carrying = true;

    private UdpRelay(DatagramChannel near, DatagramChannel far, InetSocketAddress farAddress) {
        this.near = near;
        this.far = far;
        this.farAddress = farAddress;
    }

    static UdpRelay open(LabHost host, InetSocketAddress listen, InetSocketAddress farAddress) throws LabException {
        UdpRelay relay = host.call(() -> new UdpRelay(
                DatagramChannel.open().bind(listen),
                DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 0)),
                farAddress));
        Thread.ofPlatform().daemon().name("relay-outward").start(relay::carryOutward);
        Thread.ofPlatform().daemon().name("relay-homeward").start(relay::carryHomeward);
        return relay;
    }

    /** From now on it swallows what comes. */
    void stopCarrying() {
        carrying = false;
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
        try {
            while (true) {
                SocketAddress to = route.next(in.receive(buffer.clear()));
                buffer.flip();
                remember(buffer);
                if (to != null && carrying) {
                    out.send(buffer, to);
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

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
