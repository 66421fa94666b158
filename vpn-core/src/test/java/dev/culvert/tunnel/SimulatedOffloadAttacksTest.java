package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.Frames;
import dev.culvert.testkit.TestPacket;
import dev.culvert.testkit.Virtio;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that has keys and means harm, and a kernel that gives nonsense: all is counted, none of it is delivered. */
class SimulatedOffloadAttacksTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    /** When incomplete frames are given up. */
    private static final Duration LONG = Duration.ofMillis(1_500);

    private static final int MAX_FRAME_BYTES = 1500 + 14 + 8;
    private static final int FRAME_ID = 0x7777;
    private static final String MAC_OF_TUNNEL_B = "02:00:00:00:00:%02x".formatted(51822 & 0xff);
    private static final byte[] FULL_FRAME = frame("a", "b", 99, 1500);

    private final SimulatedPair world = new SimulatedPair(20261127);

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    private void start(boolean offloads) {
        world.devices(offloads);
        world.startAb();
        world.network.receiveInBunches();
    }

    /** A short frame, and one in fragments, arrive as ever, and nothing else has. */
    private void assertOnlyGenuineFramesArrive(boolean offloads) {
        byte[][] genuine = {frame("a", "b", 1, 100), frame("a", "b", 2, 1500)};
        world.tunnel("a").send(genuine);
        world.run(SHORT);
        byte[][] expected = offloads
                ? Arrays.stream(genuine)
                        .map(each -> Virtio.before(Virtio.NONE, each))
                        .toArray(byte[][]::new)
                : genuine;
        assertThat(world.tunnel("b").received()).containsExactly(expected);
    }

    private void assertCounted(Map<CounterId, Integer> expected) {
        Map<String, Long> drops = world.tunnel("b").status().drops();
        expected.forEach((id, count) -> assertThat(drops).containsEntry(id.text(), (long) count));
        assertThat(drops).hasSameSizeAs(expected);
    }

    private void attack(boolean offloads, List<byte[]> payloads, Map<CounterId, Integer> drops) {
        start(offloads);
        for (byte[] payload : payloads) {
            world.tunnel("a").say(payload);
        }
        world.run(LONG);
        assertCounted(drops);
        assertOnlyGenuineFramesArrive(offloads);
        assertCounted(drops);
    }

    static Stream<Arguments> nonsenseOfAKernel() {
        TestPacket tcp = packet();
        TestPacket udp = tcp.with(packet -> packet.tcp = false);
        byte[] frame = tcp.partialFrame();
        int headers = tcp.headerBytes();
        int start = tcp.checksumStart();
        byte[] padded = Arrays.copyOf(frame, frame.length + 6);
        return Stream.of(
                arguments("nothing but a header", Virtio.NONE),
                arguments("half a header", new byte[5]),
                arguments("a runt", Virtio.before(Virtio.NONE, Arrays.copyOf(frame, 13))),
                arguments("longer than any super-frame", new byte[70_000]),
                arguments("an unknown flag", Virtio.before(Virtio.header(4, 0, 0, 0, 0, 0), frame)),
                arguments("UFO", Virtio.before(Virtio.header(1, 3, headers, 1000, start, 16), frame)),
                arguments("GSO without a checksum", Virtio.before(Virtio.header(0, 1, headers, 1000, 0, 0), frame)),
                arguments("segments of nothing", Virtio.before(Virtio.gso(tcp, 0), frame)),
                arguments("segments by a list", Virtio.before(Virtio.gso(tcp, 0xffff), frame)),
                arguments("headers beyond the end", Virtio.before(Virtio.header(1, 1, 9_999, 1000, start, 16), frame)),
                arguments("a sum beyond the end", Virtio.before(Virtio.header(1, 0, 0, 0, frame.length - 1, 0), frame)),
                arguments("a sum inside of Ethernet", Virtio.before(Virtio.header(1, 0, 0, 0, 12, 0), frame)),
                arguments("TCPv6 that is TCPv4", Virtio.before(Virtio.header(1, 4, headers, 1000, start, 16), frame)),
                arguments("UDP that is TCP", Virtio.before(Virtio.header(1, 5, headers, 1000, start, 16), frame)),
                arguments(
                        "TCP that is UDP", Virtio.before(Virtio.header(1, 1, 42, 1000, start, 6), udp.partialFrame())),
                arguments(
                        "another sum than TCP's", Virtio.before(Virtio.header(1, 1, headers, 1000, start, 14), frame)),
                arguments(
                        "UDP with ECN", Virtio.before(Virtio.header(1, 0x85, 42, 1000, start, 6), udp.partialFrame())),
                arguments("padding behind the packet", Virtio.before(Virtio.gso(tcp, 1000), padded)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void nonsenseOfAKernel(String what, byte[] read) {
        start(true);
        world.tunnel("a").sendRaw(read);
        world.run(SHORT);
        assertThat(world.tunnel("a").status().drops())
                .containsExactly(Map.entry(CounterId.OUTBOUND_MALFORMED.text(), 1L));
        assertThat(world.tunnel("a").count(CounterId.SUPER_FRAMES_READ)).isZero();
        assertOnlyGenuineFramesArrive(true);
    }

    private static TestPacket packet() {
        return TestPacket.ipv4().with(packet -> {
            packet.sourceMac = TestHosts.mac("a");
            packet.destinationMac = TestHosts.mac("b");
            packet.payload = Frames.payload(1_200, 3);
        });
    }

    static Stream<Arguments> lyingFlags() {
        byte[] tcp = packet().partialFrame();
        byte[] fragment = tcp.clone();
        fragment[14 + 6] = 0x20; // more fragments
        byte[] icmp = tcp.clone();
        icmp[14 + 9] = 1;
        byte[] longHeader = tcp.clone();
        longHeader[14 + 20 + 12] = (byte) 0xf0;
        longHeader[14 + 3] = 50; // of 50 bytes in all, of which TCP's header would be 60
        longHeader[14 + 2] = 0;
        byte[] datagram = packet().with(packet -> packet.tcp = false).partialFrame();
        datagram[14 + 20 + 5]++;
        byte[] version = tcp.clone();
        version[14] = 0x65;
        TestPacket chain = TestPacket.ipv6().with(packet -> {
            packet.sourceMac = TestHosts.mac("a");
            packet.destinationMac = TestHosts.mac("b");
            packet.extensions = List.of(44);
            packet.payload = new byte[50];
        });
        return Stream.of(
                        arguments("no IP", frame("a", "b", 3, 100)),
                        arguments("Ethernet and nothing", Arrays.copyOf(tcp, 14)),
                        arguments("VLAN tag and nothing", frameOf(EthernetHeader.TYPE_VLAN, new byte[0])),
                        arguments("half of an IP header", Arrays.copyOf(tcp, 14 + 12)),
                        arguments("a fragment of IPv4", fragment),
                        arguments("a fragment of IPv6", chain.partialFrame()),
                        arguments("IPv6 in a frame of IPv4", version),
                        arguments("ICMP", icmp),
                        arguments("TCP shorter than its header", longHeader),
                        arguments("UDP of another length", datagram))
                .flatMap(SimulatedOffloadAttacksTest::withAndWithout);
    }

    private static byte[] frameOf(int type, byte[] payload) {
        return Frames.ethernet(TestHosts.mac("b"), TestHosts.mac("a"), type, payload);
    }

    private static Stream<Arguments> withAndWithout(Arguments attack) {
        return Stream.of(true, false).map(offloads -> {
            Object[] extended = Arrays.copyOf(attack.get(), attack.get().length + 1);
            extended[attack.get().length] = offloads;
            return Arguments.of(extended);
        });
    }

    @ParameterizedTest(name = "{0}, offloads {2}")
    @MethodSource
    void lyingFlags(String what, byte[] frame, boolean offloads) {
        attack(offloads, List.of(ethernet(0x31, 0, frame)), Map.of(CounterId.CHECKSUM_NOT_PARTIAL, 1));
    }

    private static byte[] ethernet(int first, int second, byte[] frame) {
        return ByteBuffer.allocate(2 + frame.length)
                .put((byte) first)
                .put((byte) second)
                .put(frame)
                .array();
    }

    static Stream<Arguments> payloadsThatAreNone() {
        byte[] frame = frame("a", "b", 3, 100);
        return Stream.of(
                        arguments("flags of the future", ethernet(0x32, 0, frame), CounterId.PAYLOAD_MALFORMED),
                        arguments("all flags", ethernet(0x3f, 0, frame), CounterId.PAYLOAD_MALFORMED),
                        arguments("too much padding", ethernet(0x30, 16, frame), CounterId.PAYLOAD_MALFORMED),
                        arguments("reserved bits", ethernet(0x30, 0x10, frame), CounterId.PAYLOAD_MALFORMED),
                        arguments(
                                "more padding than frame",
                                ethernet(0x30, 15, Arrays.copyOf(frame, 20)),
                                CounterId.PAYLOAD_MALFORMED),
                        arguments("half a header", new byte[] {0x31}, CounterId.PAYLOAD_MALFORMED),
                        arguments("nothing in it", new byte[] {0x31, 0}, CounterId.PAYLOAD_MALFORMED),
                        arguments("a kind of the future", ethernet(0x70, 0, frame), CounterId.PAYLOAD_UNKNOWN),
                        arguments("a packet", ethernet(0x45, 0, frame), CounterId.PAYLOAD_WRONG_MODE))
                .flatMap(SimulatedOffloadAttacksTest::withAndWithout);
    }

    @ParameterizedTest(name = "{0}, offloads {3}")
    @MethodSource
    void payloadsThatAreNone(String what, byte[] payload, CounterId drop, boolean offloads) {
        attack(offloads, List.of(payload), Map.of(drop, 1));
    }

    private static byte[] fragment(int position, boolean isLast, byte[] bytes) {
        return fragment(FRAME_ID, position, isLast, bytes);
    }

    private static byte[] fragment(int frameId, int position, boolean isLast, byte[] bytes) {
        return ByteBuffer.allocate(4 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (isLast ? 0x21 : 0x20))
                .put((byte) position)
                .putShort((short) frameId)
                .put(bytes)
                .array();
    }

    private static byte[] part(int from, int length) {
        return Arrays.copyOfRange(FULL_FRAME, from, from + length);
    }

    static Stream<Arguments> fragmentsOfNoFrame() {
        byte[] unknownFlag = fragment(0, false, part(0, 800));
        unknownFlag[0] = 0x24;
        byte[] forged = Frames.ethernet(TestHosts.mac("b"), MAC_OF_TUNNEL_B, 0x88b5, new byte[1200]);
        return Stream.of(
                        attack("half a header", Map.of(CounterId.FRAGMENT_MALFORMED, 1), new byte[] {0x20, 0}),
                        attack("nothing in it", Map.of(CounterId.FRAGMENT_MALFORMED, 1), new byte[] {0x20, 0, 1, 0}),
                        attack("an unknown flag", Map.of(CounterId.FRAGMENT_MALFORMED, 1), unknownFlag),
                        attack(
                                "beyond the longest frame",
                                Map.of(CounterId.FRAGMENT_MALFORMED, 2),
                                fragment(2, false, part(0, 800)),
                                fragment(255, true, part(0, 800))),
                        attack(
                                "one byte too long",
                                Map.of(CounterId.FRAGMENT_MALFORMED, 1),
                                fragment(0, true, new byte[MAX_FRAME_BYTES + 1])),
                        attack(
                                "whole and too short",
                                Map.of(CounterId.FRAGMENT_MALFORMED, 1),
                                fragment(0, true, part(0, 13))),
                        attack(
                                "in two and too short",
                                Map.of(CounterId.FRAGMENT_MALFORMED, 1, CounterId.FRAGMENTS_GIVEN_UP, 1),
                                fragment(0, false, part(0, 7)),
                                fragment(1, true, part(7, 6))),
                        attack(
                                "twice",
                                Map.of(CounterId.FRAGMENT_DUPLICATE, 1, CounterId.FRAGMENTS_GIVEN_UP, 1),
                                fragment(0, false, part(0, 757)),
                                fragment(0, false, part(757, 757))),
                        attack(
                                "two last ones",
                                Map.of(CounterId.FRAGMENT_INCONSISTENT, 1, CounterId.FRAGMENTS_GIVEN_UP, 1),
                                fragment(1, true, part(0, 100)),
                                fragment(2, true, part(0, 100))),
                        attack(
                                "behind the last",
                                Map.of(CounterId.FRAGMENT_INCONSISTENT, 1, CounterId.FRAGMENTS_GIVEN_UP, 1),
                                fragment(1, true, part(0, 100)),
                                fragment(2, false, part(0, 100))),
                        attack(
                                "of different lengths",
                                Map.of(CounterId.FRAGMENT_INCONSISTENT, 1, CounterId.FRAGMENTS_GIVEN_UP, 1),
                                fragment(0, false, part(0, 400)),
                                fragment(1, false, part(0, 399))),
                        attack(
                                "a last one longer than the others",
                                Map.of(CounterId.FRAGMENT_INCONSISTENT, 1, CounterId.FRAGMENTS_GIVEN_UP, 1),
                                fragment(0, false, part(0, 400)),
                                fragment(1, true, part(0, 401))),
                        attack(
                                "too long together, last one first",
                                Map.of(CounterId.FRAGMENT_INCONSISTENT, 1, CounterId.FRAGMENTS_GIVEN_UP, 1),
                                fragment(1, true, part(0, 700)),
                                fragment(0, false, part(0, MAX_FRAME_BYTES - 699))),
                        attack(
                                "never whole",
                                Map.of(CounterId.FRAGMENTS_GIVEN_UP, 2),
                                fragment(0, false, part(0, 500)),
                                fragment(2, true, part(1000, 500))),
                        attack(
                                "more frames begun than are held",
                                Map.of(CounterId.FRAGMENTS_GIVEN_UP, 40),
                                IntStream.range(0, 40)
                                        .mapToObj(id -> fragment(FRAME_ID + id, 0, false, part(0, 500)))
                                        .toArray(byte[][]::new)),
                        attack(
                                "whole, and said to come from ourselves",
                                Map.of(CounterId.INBOUND_BAD_SOURCE, 1),
                                fragment(0, false, Arrays.copyOf(forged, 607)),
                                fragment(1, true, Arrays.copyOfRange(forged, 607, 1214))))
                .flatMap(SimulatedOffloadAttacksTest::withAndWithout);
    }

    private static Arguments attack(String what, Map<CounterId, Integer> drops, byte[]... payloads) {
        return arguments(what, List.of(payloads), drops);
    }

    @ParameterizedTest(name = "{0}, offloads {3}")
    @MethodSource
    void fragmentsOfNoFrame(String what, List<byte[]> payloads, Map<CounterId, Integer> drops, boolean offloads) {
        attack(offloads, payloads, drops);
    }
}
