package dev.culvert.ethernet;

import static dev.culvert.ethernet.SwitchVerdict.BAD_SOURCE;
import static dev.culvert.ethernet.SwitchVerdict.FLOOD;
import static dev.culvert.ethernet.SwitchVerdict.FORWARD;
import static dev.culvert.ethernet.SwitchVerdict.LOCAL_DESTINATION;
import static dev.culvert.ethernet.SwitchVerdict.OUTBOUND_MALFORMED;
import static dev.culvert.ethernet.SwitchVerdict.SOURCE_NOT_ALLOWED;
import static dev.culvert.ethernet.SwitchVerdict.TO_DEVICE;
import static dev.culvert.ethernet.SwitchVerdict.TO_DEVICE_AND_FLOOD;
import static dev.culvert.ethernet.SwitchVerdict.UNICAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.culvert.testkit.Allocation;
import dev.culvert.testkit.Frames;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSwitchTest {
    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    private static final String OWN = "02:00:00:00:00:01";
    private static final String LAN = "02:00:00:00:00:02"; // a station on the LAN that the TAP is bridged to
    private static final String LAN2 = "02:00:00:00:00:03";
    private static final String HERS = "02:00:00:00:0a:01"; // behind alice
    private static final String HERS2 = "02:00:00:00:0a:02";
    private static final String HIS = "02:00:00:00:0b:01"; // behind bob
    private static final String UNKNOWN = "02:00:00:00:ff:01";
    private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
    private static final int INDEX = 2;
    private static final int MAX_FRAME = 1_518;
    private static final long NOW = Long.MAX_VALUE - 5;

    private final ByteBuf frame = Frames.bufferAt(INDEX, new byte[2 * MAX_FRAME]);

    @AfterEach
    void releaseFrame() {
        frame.release();
    }

    @Nested
    class AFrameFromTheTap {
        private final FrameSwitch<String> frameSwitch = trained(false);

        @ParameterizedTest(name = "{0} -> {1}: {3}")
        @CsvSource({
            "02:00:00:00:00:01, 02:00:00:00:0a:01, UNICAST,            alice has used it",
            "02:00:00:00:00:02, 02:00:00:00:0b:01, UNICAST,            bob has used it",
            "02:00:00:00:00:02, 02:00:00:00:ff:01, FLOOD,              nobody knows it",
            "02:00:00:00:00:02, ff:ff:ff:ff:ff:ff, FLOOD,              broadcast",
            "02:00:00:00:00:02, 33:33:00:00:00:01, FLOOD,              multicast",
            "02:00:00:00:00:02, 01:80:c2:00:00:00, FLOOD,              a wire carries spanning tree",
            "02:00:00:00:00:02, 01:80:c2:00:00:0e, FLOOD,              a wire carries LLDP",
            "02:00:00:00:00:02, 01:80:c2:00:00:01, LOCAL_DESTINATION,  pause frames end at their own link",
            "02:00:00:00:00:03, 02:00:00:00:00:02, LOCAL_DESTINATION,  both are on the LAN",
            "02:00:00:00:00:02, 02:00:00:00:00:01, LOCAL_DESTINATION,  our own address is here",
            "02:00:00:00:00:02, 00:00:00:00:00:00, FLOOD,              odd but harmless: nobody owns it",
            "ff:ff:ff:ff:ff:ff, 02:00:00:00:0a:01, OUTBOUND_MALFORMED, no station is broadcast",
            "03:00:00:00:00:01, 02:00:00:00:0a:01, OUTBOUND_MALFORMED, no station is a group",
            "00:00:00:00:00:00, 02:00:00:00:0a:01, OUTBOUND_MALFORMED, no station is zero",
        })
        void goesToWhoOwnsItsDestination(String source, String target, SwitchVerdict verdict, String because) {
            assertThat(fromTap(frameSwitch, target, source)).as(because).isEqualTo(verdict);
        }

        @Test
        void namesThePeerOfAUnicast() {
            fromTap(frameSwitch, HIS, OWN);
            assertThat(frameSwitch.destination()).isEqualTo(BOB);
        }

        @Test
        void namesNoPeerOfAFlood() {
            fromTap(frameSwitch, HIS, OWN);
            fromTap(frameSwitch, BROADCAST, OWN);
            assertThatIllegalStateException().isThrownBy(frameSwitch::destination);
        }

        @Test
        void takesAnAddressBackThatComesHome() {
            assertThat(fromTap(frameSwitch, BROADCAST, HERS)).isEqualTo(FLOOD);
            assertThat(frameSwitch.learned()).isEqualTo(Learned.MOVED);
            assertThat(fromTap(frameSwitch, HERS, LAN)).isEqualTo(LOCAL_DESTINATION);
        }

        @Test
        void isFloodedAgainWhenItsDestinationHasAged() {
            long later = NOW + ForwardingLimits.DEFAULT.age().toNanos();
            write(HERS, LAN);
            assertThat(frameSwitch.onFrameFromTap(frame, INDEX, 60, later)).isEqualTo(FLOOD);
        }

        @Test
        void mayBeASuperFrame() {
            write(HERS, LAN);
            assertThat(frameSwitch.onFrameFromTap(frame, INDEX, MAX_FRAME + 1, NOW))
                    .isEqualTo(UNICAST);
        }

        @Test
        void needsAHeader() {
            write(HERS, LAN);
            assertThat(frameSwitch.onFrameFromTap(frame, INDEX, EthernetHeader.LENGTH - 1, NOW))
                    .isEqualTo(OUTBOUND_MALFORMED);
            assertThat(frameSwitch.onFrameFromTap(frame, INDEX, EthernetHeader.LENGTH, NOW))
                    .isEqualTo(UNICAST);
        }
    }

    @Nested
    class AFrameFromAPeer {
        @ParameterizedTest(name = "{0} -> {1}: {4}")
        @CsvSource({
            "02:00:00:00:0a:01, 02:00:00:00:00:02, TO_DEVICE,          TO_DEVICE,           a station on our LAN",
            "02:00:00:00:0a:01, 02:00:00:00:00:01, TO_DEVICE,          TO_DEVICE,           our own address",
            "02:00:00:00:0a:01, 02:00:00:00:ff:01, TO_DEVICE,          TO_DEVICE_AND_FLOOD, nobody knows it",
            "02:00:00:00:0a:01, ff:ff:ff:ff:ff:ff, TO_DEVICE,          TO_DEVICE_AND_FLOOD, broadcast",
            "02:00:00:00:0a:01, 01:80:c2:00:00:03, TO_DEVICE,          TO_DEVICE_AND_FLOOD, a wire carries 802.1X",
            "02:00:00:00:0a:01, 01:80:c2:00:00:01, INBOUND_MALFORMED,  INBOUND_MALFORMED,   pause: no Culvert sends it",
            "02:00:00:00:0a:01, 02:00:00:00:0b:01, TO_DEVICE,          FORWARD,             bob's",
            "02:00:00:00:0a:01, 02:00:00:00:0a:02, SPLIT_HORIZON,      SPLIT_HORIZON,       alice has both",
            "02:00:00:00:0a:01, 02:00:00:00:0a:01, SPLIT_HORIZON,      SPLIT_HORIZON,       to itself",
            "02:00:00:00:00:01, 02:00:00:00:00:02, BAD_SOURCE,         BAD_SOURCE,          our own address",
            "ff:ff:ff:ff:ff:ff, 02:00:00:00:00:02, BAD_SOURCE,         BAD_SOURCE,          no station is broadcast",
            "01:00:5e:00:00:01, 02:00:00:00:00:02, BAD_SOURCE,         BAD_SOURCE,          no station is a group",
            "00:00:00:00:00:00, 02:00:00:00:00:02, BAD_SOURCE,         BAD_SOURCE,          no station is zero",
        })
        void goesWhereForwardingAllows(
                String source, String target, SwitchVerdict verdict, SwitchVerdict asHub, String because) {
            assertThat(fromPeer(trained(false), ALICE, target, source))
                    .as(because)
                    .isEqualTo(verdict);
            assertThat(fromPeer(trained(true), ALICE, target, source))
                    .as(because)
                    .isEqualTo(asHub);
        }

        @Test
        void namesTheOtherPeerWhenForwarded() {
            FrameSwitch<String> hub = trained(true);
            assertThat(fromPeer(hub, ALICE, HIS, HERS)).isEqualTo(FORWARD);
            assertThat(hub.destination()).isEqualTo(BOB);
        }

        @Test
        void movesAnAddressToThePeerThatUsesIt() {
            FrameSwitch<String> hub = trained(true);
            assertThat(fromPeer(hub, BOB, BROADCAST, HERS)).isEqualTo(TO_DEVICE_AND_FLOOD);
            assertThat(hub.learned()).isEqualTo(Learned.MOVED);
            fromTap(hub, HERS, LAN);
            assertThat(hub.destination()).isEqualTo(BOB);
        }

        @ParameterizedTest(name = "{0} bytes: {2}")
        @CsvSource({
            "0,    INBOUND_MALFORMED, nothing",
            "13,   INBOUND_MALFORMED, a byte less than a header",
            "14,   TO_DEVICE,         a header alone",
            "1518, TO_DEVICE,         the longest",
            "1519, INBOUND_MALFORMED, a byte more",
        })
        void hasALengthThatFits(int length, SwitchVerdict verdict, String because) {
            write(LAN, HERS);
            assertThat(trained(false).onFrameFromPeer(ALICE, frame, INDEX, length, NOW))
                    .as(because)
                    .isEqualTo(verdict);
        }

        @Test
        void isNotLearnedFromWhenItIsDropped() {
            FrameSwitch<String> frameSwitch = trained(false);
            frameSwitch.allowOnly(BOB, List.of(MacAddress.parse(HIS)));

            assertThat(fromPeer(frameSwitch, BOB, LAN, HERS)).isEqualTo(SOURCE_NOT_ALLOWED);
            fromTap(frameSwitch, HERS, LAN);
            assertThat(frameSwitch.destination()).as("nothing was stolen").isEqualTo(ALICE);
        }

        @Test
        void mayUseAnyAllowedSource() {
            FrameSwitch<String> frameSwitch = trained(false);
            frameSwitch.allowOnly(ALICE, Set.of(MacAddress.parse(HERS2), MacAddress.parse(HERS)));

            assertThat(fromPeer(frameSwitch, ALICE, LAN, HERS)).isEqualTo(TO_DEVICE);
            assertThat(fromPeer(frameSwitch, ALICE, LAN, HERS2)).isEqualTo(TO_DEVICE);
            assertThat(fromPeer(frameSwitch, ALICE, LAN, UNKNOWN)).isEqualTo(SOURCE_NOT_ALLOWED);
            assertThat(fromPeer(frameSwitch, ALICE, LAN, OWN)).isEqualTo(BAD_SOURCE);
            assertThat(fromPeer(frameSwitch, BOB, LAN, UNKNOWN))
                    .as("bob is not restricted")
                    .isEqualTo(TO_DEVICE);
        }

        @Test
        void mayUseAnySourceOnceTheRestrictionIsLifted() {
            FrameSwitch<String> frameSwitch = trained(false);
            frameSwitch.allowOnly(ALICE, Set.of(MacAddress.parse(HERS)));
            frameSwitch.allowOnly(ALICE, Set.of());
            assertThat(fromPeer(frameSwitch, ALICE, LAN, UNKNOWN)).isEqualTo(TO_DEVICE);
        }
    }

    @Test
    void forgottenPeerOwnsNothing() {
        FrameSwitch<String> frameSwitch = trained(true);
        frameSwitch.forget(ALICE);
        assertThat(fromTap(frameSwitch, HERS, LAN)).isEqualTo(FLOOD);
        assertThat(fromTap(frameSwitch, HIS, LAN)).isEqualTo(UNICAST);
    }

    @Test
    void addressesBeyondTheLimitAreReportedAndStillCarried() {
        ForwardingLimits one = new ForwardingLimits(10, 1, 1, Duration.ofMinutes(5));
        FrameSwitch<String> frameSwitch = frameSwitch(one, false);
        assertThat(fromPeer(frameSwitch, ALICE, LAN, HERS)).isEqualTo(TO_DEVICE);
        assertThat(frameSwitch.learned()).isEqualTo(Learned.ADDED);
        assertThat(fromPeer(frameSwitch, ALICE, LAN, HERS2)).isEqualTo(TO_DEVICE);
        assertThat(frameSwitch.learned()).isEqualTo(Learned.LIMIT_REACHED);
        assertThat(fromTap(frameSwitch, HERS2, OWN)).isEqualTo(FLOOD);
        assertThat(frameSwitch.learned()).as("our own address takes no place").isEqualTo(Learned.KNOWN);
    }

    @Test
    void verdictsAllocateNothing() {
        FrameSwitch<String> frameSwitch = trained(true);
        frameSwitch.allowOnly(ALICE, Set.of(MacAddress.parse(HERS)));
        ByteBuf outbound = Frames.buffer(Frames.ethernet(HERS, LAN, EthernetHeader.TYPE_ARP, new byte[46]));
        ByteBuf inbound = Frames.buffer(Frames.ethernet(HIS, HERS, EthernetHeader.TYPE_ARP, new byte[46]));
        try {
            int[] drops = new int[1];
            long bytes = Allocation.bytesOf(() -> {
                for (int i = 0; i < 100_000; i++) {
                    drops[0] += frameSwitch.onFrameFromTap(outbound, 0, 60, NOW).isDrop() ? 1 : 0;
                    drops[0] += frameSwitch
                                    .onFrameFromPeer(ALICE, inbound, 0, 60, NOW)
                                    .isDrop()
                            ? 1
                            : 0;
                }
            });
            assertThat(drops[0]).isZero();
            assertThat(bytes).as("for 200,000 frames").isLessThan(1_024);
        } finally {
            outbound.release();
            inbound.release();
        }
    }

    private FrameSwitch<String> trained(boolean forward) {
        FrameSwitch<String> frameSwitch = frameSwitch(ForwardingLimits.DEFAULT, forward);
        fromTap(frameSwitch, BROADCAST, OWN);
        fromTap(frameSwitch, BROADCAST, LAN);
        fromTap(frameSwitch, BROADCAST, LAN2);
        fromPeer(frameSwitch, ALICE, BROADCAST, HERS);
        fromPeer(frameSwitch, ALICE, BROADCAST, HERS2);
        fromPeer(frameSwitch, BOB, BROADCAST, HIS);
        return frameSwitch;
    }

    private static FrameSwitch<String> frameSwitch(ForwardingLimits limits, boolean forward) {
        return new FrameSwitch<>(new ForwardingTable<>(limits, 3), MacAddress.parse(OWN), MAX_FRAME, forward);
    }

    private SwitchVerdict fromTap(FrameSwitch<String> frameSwitch, String target, String source) {
        write(target, source);
        return frameSwitch.onFrameFromTap(frame, INDEX, 60, NOW);
    }

    private SwitchVerdict fromPeer(FrameSwitch<String> frameSwitch, String peer, String target, String source) {
        write(target, source);
        return frameSwitch.onFrameFromPeer(peer, frame, INDEX, 60, NOW);
    }

    private void write(String target, String source) {
        frame.setBytes(INDEX, Frames.ethernet(target, source, EthernetHeader.TYPE_IPV4, new byte[0]));
    }
}
