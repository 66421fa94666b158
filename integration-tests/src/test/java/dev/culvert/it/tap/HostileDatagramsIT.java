package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.HostileDatagrams;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * left 192.0.2.1 -- veth -- 192.0.2.2 middle 198.51.100.1 -- veth -- 198.51.100.2 right. The tunnel runs through a relay in
 * the middle, which sees every datagram and can send what it likes.
 */
@RequiresRoot
final class HostileDatagramsIT {
    private static final InetSocketAddress RIGHT = new InetSocketAddress("198.51.100.2", TunnelEnd.PORT);
    private static final int RANDOM_DATAGRAMS = 1_000_000;
    /** Sent before asking whether they have all been counted, so that the kernel's queue never overflows. */
    private static final int BURST = 2_000;

    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Sixteen bytes kept for each datagram would be twice this. */
    private static final int MAX_LIVE_GROWTH_KIB = 4 * 1024;
    /** Without the heap, which may still grow to its working size; the compiler is at work. */
    private static final int MAX_RESIDENT_GROWTH_KIB = 32 * 1024;

    private static final Pattern USED_KIB = Pattern.compile("(?:DefNew|Tenured|garbage-first heap) .*?used (\\d+)K");
    private static final Pattern HEAP_ADDRESS = Pattern.compile("0x([0-9a-f]{12,16})");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ ");
    private static final int MAC2_BYTES = 16;

    private TestBed bed;
    private CulvertProcess right;
    private UdpRelay relay;
    private DatagramChannel attacker;

    @BeforeEach
    void build() throws IOException {
        bed = TestBed.open("ping");
        LabHost leftHost = bed.lab().host("left");
        LabHost middle = bed.lab().host("middle");
        LabHost rightHost = bed.lab().host("right");
        bed.lab().link(leftHost, "192.0.2.1/24", middle, "192.0.2.2/24");
        bed.lab().link(middle, "198.51.100.1/24", rightHost, "198.51.100.2/24");
        relay = UdpRelay.open(middle, new InetSocketAddress("192.0.2.2", TunnelEnd.PORT), RIGHT);
        attacker = middle.call(() -> DatagramChannel.open().bind(new InetSocketAddress("198.51.100.1", 0)));
        attacker.configureBlocking(false);
        TunnelEnd left = TunnelEnd.numbered(1, leftHost);
        TunnelEnd end = TunnelEnd.numbered(2, rightHost);
        left.peerAt("192.0.2.2", end, "cipher = \"aes-256-gcm\""); // whatever the processor has
        end.peer(left);
        right = bed.up(left, end).getLast();
        bed.awaitSessions();
        Pings.assertAnswered(leftHost, end.inner4());
        relay.stopCarrying();
    }

    @AfterEach
    void remove() throws IOException {
        relay.close();
        attacker.close();
        bed.close();
    }

    @Test
    void replayedAndAlteredMessagesAreDroppedAndNotAnswered() throws IOException {
        List<byte[]> attacks = new ArrayList<>();
        Collection<byte[]> transport = firstToEachIndex();
        // To right by both ciphers; homeward perhaps by one only, when it had heard hello before it first spoke.
        assertThat(transport).as("indices in use").hasSizeBetween(3, 4);
        for (byte[] datagram : transport) {
            attacks.add(datagram);
            attacks.addAll(alterations(datagram, 0));
        }
        attacks.addAll(alterations(relay.firstOfType(1), MAC2_BYTES)); // mac2 counts under load only
        attacks.addAll(alterations(relay.firstOfType(2), MAC2_BYTES));
        attacks.addAll(alterations(forgedCookieReply(), 0)); // a genuine one comes under load only
        assertNothingComesOf(attacks);
    }

    private Collection<byte[]> firstToEachIndex() {
        Map<Integer, byte[]> first = new LinkedHashMap<>();
        relay.ofType(4)
                .forEach(datagram -> first.putIfAbsent(ByteBuffer.wrap(datagram).getInt(4), datagram));
        return first.values();
    }

    private static byte[] forgedCookieReply() {
        byte[] bytes = new byte[64];
        new Random(3).nextBytes(bytes);
        return ByteBuffer.wrap(bytes).putInt(3 << 24).array();
    }

    private static List<byte[]> alterations(byte[] genuine, int untouchedBytes) {
        List<byte[]> altered = new ArrayList<>();
        for (int i = 0; i < genuine.length - untouchedBytes; i++) {
            altered.add(HostileDatagrams.flipped(genuine, i));
        }
        return altered;
    }

    @Test
    void aMillionRandomDatagramsAreCountedAndLeaveMemoryFlat() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int half = RANDOM_DATAGRAMS / 2;
        bombard(random, half);
        long liveKib = liveHeapKib();
        long nativeKib = nativeKib();
        bombard(random, half);
        assertThat(liveHeapKib() - liveKib)
                .as("KiB of live objects gained by the second half million")
                .isLessThan(MAX_LIVE_GROWTH_KIB);
        assertThat(nativeKib() - nativeKib)
                .as("KiB of resident memory outside of the heap gained by the second half million")
                .isLessThan(MAX_RESIDENT_GROWTH_KIB);
    }

    private void bombard(Random random, int count) throws IOException {
        for (int sent = 0; sent < count; sent += BURST) {
            List<byte[]> burst = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                burst.add(HostileDatagrams.random(random));
            }
            assertNothingComesOf(burst);
        }
    }

    private void assertNothingComesOf(List<byte[]> attacks) throws IOException {
        long receivedBefore = counter(CounterId.DATAGRAMS_RECEIVED);
        long droppedBefore = drops();
        long deliveredBefore = counter(CounterId.TAP_OFFERED);
        for (byte[] attack : attacks) {
            while (attacker.send(ByteBuffer.wrap(attack), RIGHT) == 0 && attack.length > 0) {
                Thread.onSpinWait();
            }
        }
        right.awaitStatus(
                "aware of all datagrams",
                status -> status.counter(CounterId.DATAGRAMS_RECEIVED) - receivedBefore >= attacks.size()
                        && status.imbalances().isEmpty(),
                LIMIT);
        assertThat(drops() - droppedBefore).as("each in a drop counter").isEqualTo(attacks.size());
        assertThat(counter(CounterId.TAP_OFFERED)).as("frames delivered").isEqualTo(deliveredBefore);
        assertThat(attacker.receive(ByteBuffer.allocate(2048))).as("an answer").isNull();
    }

    private long counter(CounterId id) throws LabException {
        return right.status().counter(id);
    }

    private long drops() throws LabException {
        return right.status().drops().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** After a full collection. */
    private long liveHeapKib() throws LabException {
        jcmd("GC.run");
        return USED_KIB.matcher(jcmd("GC.heap_info"))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .reduce(Long::sum)
                .orElseThrow();
    }

    private String jcmd(String command) throws LabException {
        String pid = Long.toString(right.process().pid());
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return right.host().run(jcmd.toString(), pid, command).orThrow().output();
    }

    /** What is resident and not part of the heap's address range. */
    private long nativeKib() throws IOException {
        List<Long> heap = HEAP_ADDRESS
                .matcher(jcmd("GC.heap_info"))
                .results()
                .map(address -> Long.parseUnsignedLong(address.group(1), 16))
                .toList();
        long heapBegin = Collections.min(heap);
        long heapEnd = Collections.max(heap);
        long kib = 0;
        boolean isHeap = false;
        for (String line : Files.readAllLines(
                Path.of("/proc", Long.toString(right.process().pid()), "smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.lookingAt()) {
                long begin = Long.parseUnsignedLong(mapping.group(1), 16);
                isHeap = begin >= heapBegin && begin < heapEnd;
            } else if (!isHeap && line.startsWith("Rss:")) {
                kib += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kib;
    }
}
