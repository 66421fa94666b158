package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.Traffic;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A hub with several lanes between spokes, of which the second has several, too. */
@RequiresRoot
final class LanesIT {
    private static final int SPOKES = 3;
    private static final int HUB_LANES = 3;
    private static final int FLOWS = 64;
    private static final long TRANSFER_BYTES = 20_000_001;
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(30);
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(5);
    private static final int ECHOES = 40;
    private static final int DATAGRAMS_A_FLOW = 100;
    private static final long PAUSE_NANOS = 2_000_000;

    private static final String[] NEVER = {
        CounterId.REPLAYED.text(),
        CounterId.UNAUTHENTIC.text(),
        CounterId.FRAGMENTS_GIVEN_UP.text(),
        CounterId.TAP_WRITE_REFUSED.text()
    };
    /** Longer than fits a datagram: its frame goes in fragments. */
    private static final int LONG_BYTES = 1_400;

    private record World(List<TunnelEnd> ends, List<CulvertProcess> tunnels) {
        TunnelStatus hub() throws LabException {
            return TestBed.assertBalanced(tunnels.getFirst());
        }
    }

    private static World build(TestBed bed) throws IOException {
        List<TunnelEnd> ends = new ArrayList<>();
        TunnelEnd hub = TunnelEnd.numbered(1, bed.lab().host("hub"))
                .with("forward = true", "lanes = " + HUB_LANES, "mtu = 1500");
        ends.add(hub);
        for (int number = 1; number <= SPOKES; number++) {
            LabHost host = bed.lab().host("spoke" + number);
            String net = "192.0.2.%d/30";
            bed.lab().link(hub.host(), net.formatted(4 * number - 3), host, net.formatted(4 * number - 2));
            TunnelEnd spoke = TunnelEnd.numbered(number + 1, host)
                    .with("lanes = " + (number == 2 ? 2 : 1), "mtu = 1500")
                    .peerAt("192.0.2." + (4 * number - 3), hub);
            hub.peer(spoke);
            ends.add(spoke);
        }
        List<CulvertProcess> tunnels = bed.up(ends.toArray(TunnelEnd[]::new));
        bed.awaitSessions();
        return new World(ends, tunnels);
    }

    @Test
    void everythingArrivesOverAnyLane() throws Exception {
        try (TestBed bed = TestBed.open()) {
            World world = build(bed);
            assertTransfersIntact(world.ends);
            assertEchoes(world.ends);
            assertFlowsKeepTheirOrder(world.ends.getFirst(), world.ends.getLast());
            assertThat(world.hub().lanes())
                    .hasSize(HUB_LANES)
                    .as("the kernel spread the flows")
                    .allSatisfy(lane -> assertThat(lane.framesRead()).isPositive());
            assertEveryLaneReceives(world);
            for (CulvertProcess tunnel : world.tunnels) {
                TunnelStatus status = TestBed.assertBalanced(tunnel);
                assertThat(status.counter(CounterId.FRAMES_FRAGMENTED)).isPositive();
                assertThat(status.drops()).doesNotContainKeys(NEVER);
                assertThat(status.peers())
                        .allSatisfy(peer -> assertThat(peer.lostDatagrams())
                                .as("lost from %s to %s", peer.name(), tunnel.host())
                                .isZero());
            }
        }
    }

    /** All at once, through the hub and to it. */
    private static void assertTransfersIntact(List<TunnelEnd> ends) throws Exception {
        List<Future<Traffic.Transfer>> transfers = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (TunnelEnd from : ends) {
                TunnelEnd to = ends.get((ends.indexOf(from) + 1) % ends.size());
                transfers.add(threads.submit(() ->
                        Traffic.transfer(from.host(), to.host(), to.inner4(), TRANSFER_BYTES, 42, TRANSFER_LIMIT)));
            }
            for (Future<Traffic.Transfer> transfer : transfers) {
                assertThat(transfer.get().bytes()).isEqualTo(TRANSFER_BYTES);
                assertThat(transfer.get().isIntact()).isTrue();
            }
        }
    }

    private static void assertEchoes(List<TunnelEnd> ends) throws IOException {
        for (TunnelEnd to : ends) {
            try (UdpEcho echo = UdpEcho.open(to.host())) {
                for (TunnelEnd from : ends) {
                    if (from != to) {
                        echo.assertEchoes(from.host(), to.inner4(), LONG_BYTES, ECHOES);
                    }
                }
            }
        }
    }

    private static void assertFlowsKeepTheirOrder(TunnelEnd from, TunnelEnd to) throws Exception {
        try (DatagramSocket receiver = to.host().call(() -> new DatagramSocket(0));
                ExecutorService sending = Executors.newSingleThreadExecutor()) {
            receiver.setSoTimeout(Math.toIntExact(ARRIVAL_LIMIT.toMillis()));
            var address = new InetSocketAddress(to.inner4(), receiver.getLocalPort());
            Future<?> sent = sending.submit(() -> sendFlows(from.host(), address));
            int[] next = new int[FLOWS];
            DatagramPacket packet = new DatagramPacket(new byte[8], 8);
            for (int i = 0; i < FLOWS * DATAGRAMS_A_FLOW; i++) {
                receiver.receive(packet);
                ByteBuffer content = ByteBuffer.wrap(packet.getData());
                int flow = content.getInt();
                assertThat(content.getInt()).as("number within flow %d", flow).isEqualTo(next[flow]++);
            }
            sent.get();
        }
    }

    private static Void sendFlows(LabHost from, InetSocketAddress to) throws IOException {
        List<DatagramSocket> flows = new ArrayList<>();
        try {
            for (int flow = 0; flow < FLOWS; flow++) {
                flows.add(from.call(() -> new DatagramSocket(0)));
            }
            for (int number = 0; number < DATAGRAMS_A_FLOW; number++) {
                for (int flow = 0; flow < FLOWS; flow++) {
                    byte[] content =
                            ByteBuffer.allocate(8).putInt(flow).putInt(number).array();
                    flows.get(flow).send(new DatagramPacket(content, content.length, to));
                }
                LockSupport.parkNanos(PAUSE_NANOS); // more at once may not fit the receiver's buffer
            }
            return null;
        } finally {
            flows.forEach(DatagramSocket::close);
        }
    }

    /** What means nothing to it is counted by the lane it came to, which depends on the sender's port. */
    private static void assertEveryLaneReceives(World world) throws IOException {
        List<TunnelStatus.Lane> before = world.hub().lanes();
        LabHost spoke = world.ends.getLast().host();
        for (int flow = 0; flow < FLOWS; flow++) {
            try (DatagramSocket socket = spoke.call(() -> new DatagramSocket(0))) {
                socket.send(new DatagramPacket(
                        new byte[10], 10, new InetSocketAddress("192.0.2." + (4 * SPOKES - 3), TunnelEnd.PORT)));
            }
        }
        world.tunnels
                .getFirst()
                .awaitStatus(
                        "junk counted", status -> status.counter(CounterId.DATAGRAM_MALFORMED) == FLOWS, ARRIVAL_LIMIT);
        List<TunnelStatus.Lane> after = world.hub().lanes();
        for (int lane = 0; lane < HUB_LANES; lane++) {
            assertThat(after.get(lane).datagramsReceived())
                    .as("lane %d", lane)
                    .isGreaterThan(before.get(lane).datagramsReceived());
        }
    }
}
