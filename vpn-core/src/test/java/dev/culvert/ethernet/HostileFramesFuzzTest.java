package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Frames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a peer or the TAP delivers gets a verdict and no exception. Each frame fills its buffer to the last byte, so
 * that reading one too many throws.
 */
class HostileFramesFuzzTest {
    private static final int FRAMES = 50_000;
    private static final int MAX_BYTES = 80;
    private static final int[] TYPES = {
        EthernetHeader.TYPE_IPV4,
        EthernetHeader.TYPE_IPV6,
        EthernetHeader.TYPE_VLAN,
        EthernetHeader.TYPE_SERVICE_VLAN,
        EthernetHeader.TYPE_ARP
    };

    private final OuterDatagramGuard guard =
            new OuterDatagramGuard(51820, List.of(new InetSocketAddress("192.0.2.7", 51820)));
    private final FrameSwitch<String> frameSwitch = new FrameSwitch<>(
            new ForwardingTable<>(new ForwardingLimits(64, 32, 32, Duration.ofSeconds(1)), 5),
            MacAddress.parse("02:00:00:00:00:01"),
            MAX_BYTES - 10,
            true);
    private final PacketRouter<String> router = new PacketRouter<>(allowedIps());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everythingGetsAVerdict(long seed) {
        Random random = new Random(seed);
        int[] verdicts = new int[SwitchVerdict.values().length];
        long now = 0;
        for (int i = 0; i < FRAMES; i++) {
            now += random.nextInt(1_000_000);
            byte[] bytes = random.nextBoolean() ? garbage(random) : damaged(random);
            ByteBuf frame = Unpooled.wrappedBuffer(bytes);
            verdicts[frameSwitch.onFrameFromTap(frame, 0, bytes.length, now).ordinal()]++;
            verdicts[
                    frameSwitch
                            .onFrameFromPeer("alice", frame, 0, bytes.length, now)
                            .ordinal()]++;
            verdicts[router.onPacketFromTun(frame, 0, bytes.length).ordinal()]++;
            verdicts[router.onPacketFromPeer("alice", frame, 0, bytes.length).ordinal()]++;
            verdicts[guard.isOwnDatagram(frame, 0, bytes.length) ? 1 : 0]++;
            verdicts[guard.isOwnDatagramPacket(frame, 0, bytes.length) ? 1 : 0]++;
        }
        assertThat(verdicts[SwitchVerdict.UNICAST.ordinal()])
                .as("seed %d reached deep", seed)
                .isPositive();
        assertThat(verdicts[SwitchVerdict.TO_DEVICE.ordinal()]).isPositive();
    }

    private static byte[] garbage(Random random) {
        byte[] bytes = new byte[random.nextInt(MAX_BYTES)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
        }
        for (int at = EthernetHeader.TYPE; at + 2 <= bytes.length && random.nextBoolean(); at += 4) {
            int type = TYPES[random.nextInt(TYPES.length)];
            bytes[at] = (byte) (type >>> 8);
            bytes[at + 1] = (byte) type;
        }
        return bytes;
    }

    private static byte[] damaged(Random random) {
        byte[] packet = random.nextBoolean()
                ? Frames.udp("192.0.2.7", 51820, "10.0.0.1", 51820, new byte[random.nextInt(8)])
                : Frames.udp("fd00::1", 51820, "fd00::2", 51820, new byte[random.nextInt(8)]);
        byte[] frame = random.nextBoolean()
                ? packet
                : Frames.vlan(1, Frames.ethernet("02:00:00:00:00:02", "02:00:00:00:00:03", packet));
        for (int faults = random.nextInt(4); faults > 0; faults--) {
            frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        }
        byte[] cut = new byte[frame.length - (random.nextBoolean() ? 0 : random.nextInt(frame.length))];
        System.arraycopy(frame, 0, cut, 0, cut.length);
        return cut;
    }

    private static AllowedIps<String> allowedIps() {
        AllowedIps.Builder<String> builder = AllowedIps.builder();
        builder.add(IpPrefix.parse("0.0.0.0/0"), "alice");
        builder.add(IpPrefix.parse("::/0"), "alice");
        return builder.build();
    }
}
