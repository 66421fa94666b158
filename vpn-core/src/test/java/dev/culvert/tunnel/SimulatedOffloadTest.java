package dev.culvert.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.Frames;
import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Super-frames, partial checksums and fragments through whole tunnels, on devices with offloads and without. */
class SimulatedOffloadTest {
    /** Outer IPv4, UDP, transport message, EtherIP: what a path of 1500 bytes leaves for a frame. */
    private static final int FITTING_FRAME_BYTES = 1500 - 20 - 8 - 32 - 2;

    private static final int MAX_DATAGRAM_BYTES = 1500 - 20 - 8;
    private static final int SEGMENT_BYTES = 1300;
    private static final int SEGMENTS = 21;
    private static final Duration SHORT = Duration.ofMillis(50);

    private final SimulatedPair world = new SimulatedPair(20261126);

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    private void startAb(boolean aHasOffloads, boolean bHasOffloads) {
        world.network.receiveInBunches();
        world.devices(aHasOffloads);
        world.start("a", false, world.peer("b"));
        world.devices(bHasOffloads);
        world.start("b", false, world.waitingFor("a"));
    }

    private void startAndShakeHands(boolean aHasOffloads, boolean bHasOffloads) {
        startAb(aHasOffloads, bHasOffloads);
        world.run(Duration.ofMillis(200));
        world.network.startCapture();
    }

    private static TestPacket packet(String from, String to, boolean v4, boolean tcp) {
        return (v4 ? TestPacket.ipv4() : TestPacket.ipv6()).with(packet -> {
            packet.sourceMac = TestHosts.mac(from);
            packet.destinationMac = TestHosts.mac(to);
            packet.tcp = tcp;
            packet.flags = TestPacket.ACK | TestPacket.PSH;
            packet.payload = Frames.payload((SEGMENTS - 1) * SEGMENT_BYTES + 77, 7);
        });
    }

    private static byte[] superFrame(TestPacket packet, int segmentBytes) {
        return Virtio.before(Virtio.gso(packet, segmentBytes), packet.partialFrame());
    }

    private static byte[][] plain(List<byte[]> frames) {
        return frames.stream().map(frame -> Virtio.before(Virtio.NONE, frame)).toArray(byte[][]::new);
    }

    private static List<byte[]> completeFrames(TestPacket packet) {
        return packet.cut(SEGMENT_BYTES).stream().map(TestPacket::frame).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSuperFrameComesOutAsItWentIn(boolean v4) {
        startAndShakeHands(true, true);
        byte[] sent = superFrame(packet("a", "b", v4, true), SEGMENT_BYTES);
        world.tunnel("a").sendRaw(sent);
        world.run(SHORT);

        assertThat(world.tunnel("b").received()).containsExactly(sent);
        assertThat(world.network.captured()).hasSize(SEGMENTS);
        assertThat(world.tunnel("a").count(CounterId.SUPER_FRAMES_READ)).isEqualTo(1);
        assertThat(world.tunnel("b").count(CounterId.SUPER_FRAMES_WRITTEN)).isEqualTo(1);
        assertThat(world.tunnel("b").count(CounterId.TAP_WRITTEN)).isEqualTo(SEGMENTS);
        assertThat(world.tunnel("b").count(CounterId.TAP_WRITE_CALLS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void segmentsTooLongForThePathAreCutShorterAndNotFragmented(boolean v4) {
        startAndShakeHands(true, true);
        TestPacket packet = packet("a", "b", v4, true);
        world.tunnel("a").sendRaw(superFrame(packet, 1460));
        world.run(SHORT);

        int fitting = FITTING_FRAME_BYTES - packet.headerBytes();
        assertThat(world.tunnel("b").received()).containsExactly(superFrame(packet, fitting));
        assertThat(world.network.captured())
                .allMatch(datagram -> datagram.bytes().length <= MAX_DATAGRAM_BYTES)
                .anyMatch(datagram -> datagram.bytes().length == MAX_DATAGRAM_BYTES);
        assertThat(world.tunnel("a").count(CounterId.FRAMES_FRAGMENTED)).isZero();
    }

    /** The kernel asks for one frame of the device's MTU, which the path does not carry. */
    @Test
    void aSingleSegmentTooLongForThePathIsCutInTwo() {
        startAndShakeHands(true, true);
        TestPacket packet = packet("a", "b", true, true).with(one -> one.payload = Frames.payload(1460, 8));
        world.tunnel("a").sendRaw(Virtio.before(Virtio.needsChecksum(packet), packet.partialFrame()));
        world.run(SHORT);

        int fitting = FITTING_FRAME_BYTES - packet.headerBytes();
        assertThat(world.tunnel("b").received()).containsExactly(superFrame(packet, fitting));
        assertThat(world.tunnel("a").count(CounterId.FRAMES_FRAGMENTED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeviceWithoutOffloadsGetsFramesWithTheirChecksums(boolean tcp) {
        startAndShakeHands(true, false);
        TestPacket packet = packet("a", "b", true, tcp);
        world.tunnel("a").sendRaw(superFrame(packet, SEGMENT_BYTES));
        world.run(SHORT);

        assertThat(world.tunnel("b").received()).containsExactlyElementsOf(completeFrames(packet));
    }

    @Test
    void framesOfADeviceWithoutOffloadsAreDeliveredAsTheyAre() {
        startAndShakeHands(false, true);
        List<byte[]> frames = completeFrames(packet("a", "b", false, true));
        world.tunnel("a").send(frames.toArray(byte[][]::new));
        world.run(SHORT);

        assertThat(world.tunnel("b").received()).containsExactly(plain(frames));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void datagramsOfASuperFrameStayDatagramsOfOne(boolean v4) {
        startAndShakeHands(true, true);
        byte[] sent = superFrame(packet("a", "b", v4, false), SEGMENT_BYTES);
        world.tunnel("a").sendRaw(sent);
        world.run(SHORT);

        assertThat(world.tunnel("b").received()).containsExactly(sent);
        assertThat(world.tunnel("a").count(CounterId.FRAMES_FRAGMENTED)).isZero();
    }

    /** A datagram cannot be cut: its checksum is completed, for fragments have no flag C. */
    @Test
    void aDatagramTooLongForThePathTravelsInFragmentsWithItsChecksum() {
        startAndShakeHands(true, true);
        TestPacket packet = packet("a", "b", true, false).with(one -> one.payload = Frames.payload(1472, 9));
        world.tunnel("a").sendRaw(Virtio.before(Virtio.needsChecksum(packet), packet.partialFrame()));
        world.run(SHORT);

        assertThat(world.tunnel("b").received()).containsExactly(plain(List.of(packet.frame())));
        assertThat(world.network.captured())
                .hasSize(2)
                .allMatch(datagram -> datagram.bytes().length <= MAX_DATAGRAM_BYTES);
        assertThat(world.tunnel("a").count(CounterId.FRAMES_FRAGMENTED)).isEqualTo(1);
        assertThat(world.tunnel("b").count(CounterId.FRAGMENTS_JOINED)).isEqualTo(2);
    }

    @Test
    void aSuperFrameThatComesBeforeTheSessionIsStagedWhole() {
        startAb(true, true);
        byte[] sent = superFrame(packet("a", "b", true, true), SEGMENT_BYTES);
        world.tunnel("a").sendRaw(sent);
        assertThat(world.tunnel("a").peer("b").stagedFrames()).isEqualTo(SEGMENTS);
        world.run(Duration.ofMillis(200));

        assertThat(world.tunnel("b").received()).containsExactly(sent);
    }

    @Test
    void eachFrameOfARefusedSuperFrameIsCounted() {
        startAndShakeHands(true, true);
        world.tunnel("b").tap().setRefusing(true);
        world.tunnel("a").sendRaw(superFrame(packet("a", "b", true, true), SEGMENT_BYTES));
        world.run(SHORT);

        assertThat(world.tunnel("b").count(CounterId.TAP_WRITE_REFUSED)).isEqualTo(SEGMENTS);
        assertThat(world.tunnel("b").count(CounterId.SUPER_FRAMES_WRITTEN)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHubCarriesPartialChecksumsOn(boolean hubHasOffloads) {
        world.network.receiveInBunches();
        world.devices(hubHasOffloads);
        world.start("b", true, world.waitingFor("a"), world.waitingFor("c"));
        world.devices(true);
        world.start("a", false, world.peer("b"));
        world.start("c", false, world.peer("b"));
        world.run(Duration.ofMillis(200));

        TestPacket there = packet("a", "c", true, true);
        world.tunnel("a").sendRaw(superFrame(there, SEGMENT_BYTES)); // nobody has seen "c": the hub's host gets it too
        world.run(SHORT);
        assertThat(world.tunnel("c").received()).containsExactly(superFrame(there, SEGMENT_BYTES));
        List<byte[]> atTheHub = world.tunnel("b").received();
        if (hubHasOffloads) {
            assertThat(atTheHub).containsExactly(superFrame(there, SEGMENT_BYTES));
        } else {
            assertThat(atTheHub).containsExactlyElementsOf(completeFrames(there));
        }

        byte[] back = superFrame(packet("c", "a", false, true), SEGMENT_BYTES);
        world.tunnel("c").sendRaw(back);
        world.run(SHORT);
        assertThat(world.tunnel("a").received()).containsExactly(back);
        assertThat(world.tunnel("b").received()).isEmpty();
    }

    /** The path of the first spoke carries a longer frame than that of the second, whose fragments have no flag C. */
    @Test
    void aHubThatHasToMakeFragmentsCompletesTheChecksum() {
        world.devices(true);
        world.start("b", true, world.waitingFor("a"), world.waitingFor("c"));
        world.start("a", false, world.peer("b"));
        world.start("c", false, world.peer("b"));
        world.run(Duration.ofMillis(200));

        TestPacket packet = packet("a", "c", true, true).with(one -> one.payload = Frames.payload(1460, 8));
        byte[] frame = packet.partialFrame();
        world.tunnel("a")
                .say(ByteBuffer.allocate(2 + frame.length)
                        .put((byte) 0x31)
                        .put((byte) 0)
                        .put(frame)
                        .array());
        world.run(SHORT);

        assertThat(world.tunnel("c").received()).containsExactly(plain(List.of(packet.frame())));
        assertThat(world.tunnel("b").received()).containsExactly(plain(List.of(packet.frame())));
        assertThat(world.tunnel("b").count(CounterId.FRAMES_FRAGMENTED)).isEqualTo(1);
    }
}
