package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapException;
import dev.culvert.device.TapOffload;
import dev.culvert.device.TapQueue;
import dev.culvert.offload.VirtioNetHeader;
import dev.culvert.testkit.RequiresRoot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices with a queue for each of several lanes. */
@RequiresRoot
class MultiQueueTest {
    private static final DeviceSpec THREE = Specs.tap("tap0", "10.8.0.1/24").withQueues(3);
    private static final int FLOWS = 60;

    private final TestNetns netns = new TestNetns();
    private final ByteBuf buffer = Unpooled.directBuffer(70_000);

    @AfterEach
    void cleanUp() {
        buffer.release();
        netns.close();
    }

    private TapDevice open(DeviceSpec spec) throws Exception {
        return netns.call(() -> LinuxTapDevice.open(spec));
    }

    @Test
    void hasAsManyQueuesAsAskedFor() throws Exception {
        try (TapDevice tap = open(THREE)) {
            assertThat(netns.ip("-d -j link show dev tap0")).contains("\"multi_queue\":true,\"numqueues\":3");
            assertThat(tap.queues().stream().map(TapQueue::fileDescriptor))
                    .doesNotHaveDuplicates()
                    .hasSize(3);
        }
        assertThat(netns.ip("link")).as("gone with its last queue").doesNotContain("tap0");
    }

    /** The kernel spreads flows over the queues, and never one flow over two. */
    @Test
    void everyFlowComesOutOfOneQueue() throws Exception {
        try (TapDevice tap = open(THREE)) {
            netns.ip("neigh add 10.8.0.2 lladdr 02:00:5e:10:00:02 dev tap0");
            for (int repeated = 0; repeated < 3; repeated++) {
                for (int flow = 0; flow < FLOWS; flow++) {
                    send(20_000 + flow);
                }
            }
            int portAt = 14 + 20; // Ethernet, IPv4
            List<List<Integer>> ports = new ArrayList<>();
            for (TapQueue queue : tap.queues()) {
                List<Integer> seen = new ArrayList<>();
                while (queue.read(buffer.clear()) > 0) {
                    if (buffer.getUnsignedShort(12) == 0x0800 && buffer.getByte(23) == 17) {
                        seen.add(buffer.getUnsignedShort(portAt));
                    }
                }
                ports.add(seen);
            }
            assertThat(ports).allSatisfy(seen -> assertThat(seen).isNotEmpty());
            assertThat(ports.stream().flatMap(List::stream)).hasSize(3 * FLOWS);
            assertThat(ports.stream().flatMap(seen -> seen.stream().distinct()))
                    .as("flows, each counted by every queue it was seen in")
                    .hasSize(FLOWS);
        }
    }

    private void send(int fromPort) throws Exception {
        try (DatagramSocket socket = netns.call(() -> new DatagramSocket(fromPort))) {
            socket.send(new DatagramPacket(new byte[10], 10, new InetSocketAddress("10.8.0.2", 9)));
        }
    }

    @Test
    void offloadsHoldForEveryQueue() throws Exception {
        try (TapDevice tap = open(THREE.withOffloads(EnumSet.allOf(TapOffload.class)))) {
            assertThat(tap.offloads().headerBytes()).isEqualTo(VirtioNetHeader.BYTES);
            netns.ip("neigh add 10.8.0.2 lladdr 02:00:5e:10:00:02 dev tap0");
            for (int flow = 0; flow < FLOWS; flow++) {
                send(20_000 + flow);
            }
            for (TapQueue queue : tap.queues()) {
                int bytes = queue.read(buffer.clear());
                while (bytes > 0 && buffer.getUnsignedShort(VirtioNetHeader.BYTES + 12) != 0x0800) {
                    bytes = queue.read(buffer.clear());
                }
                assertThat(bytes).isEqualTo(VirtioNetHeader.BYTES + 14 + 20 + 8 + 10);
            }
        }
    }

    @Test
    void adoptsOneThatWasMadeForSeveralAndLeavesItAsItWas() throws Exception {
        netns.ip("tuntap add dev tap0 mode tap multi_queue");
        String before = netns.ip("-d link show tap0");
        try (TapDevice tap = open(THREE.withOffloads(EnumSet.allOf(TapOffload.class)))) {
            assertThat(tap.queues()).hasSize(3);
            assertThat(netns.ip("-d -j link show dev tap0")).contains("\"numqueues\":3");
        }
        assertThat(settings(netns.ip("-d link show tap0"))).isEqualTo(settings(before));
    }

    /** Without what the next who opens it decides anew. */
    private static String settings(String link) {
        return link.replaceAll("(state|qdisc|vnet_hdr) \\w+|NO-CARRIER,", "");
    }

    /** The kernel would give either a part of the frames. */
    @Test
    void isNotSharedWithAnotherProgram() throws Exception {
        try (TapDevice first = open(THREE)) {
            assertThatThrownBy(() -> open(Specs.tap("tap0").withQueues(2)))
                    .isInstanceOf(TapException.class)
                    .hasMessageStartingWith("tap0: TUNSETIFF: EBUSY: another process holds it: end that, or choose");
            assertThat(first.queues()).hasSize(3);
            assertThat(netns.ip("-d -j link show dev tap0")).contains("\"numqueues\":3");
        }
    }

    @Test
    void saysWhyItDoesNotAdoptOneThatWasMadeForOne() {
        netns.ip("tuntap add dev tap0 mode tap");
        assertThatThrownBy(() -> open(THREE))
                .isInstanceOf(TapException.class)
                .hasMessage("tap0: TUNSETIFF: EINVAL: it was made without multi_queue: set lanes = 1, or make it again"
                        + " with it, ip link del tap0; ip tuntap add dev tap0 mode tap multi_queue");
        assertThat(netns.ip("link")).contains("tap0");
    }
}
