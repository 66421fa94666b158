package dev.culvert.offload;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.testkit.TestPacket;
import java.util.List;
import java.util.Random;

/** Flows that look like those of real hosts, and like those of hosts that nobody has. */
final class RandomPackets {
    private static final List<List<Integer>> VLANS = List.of(
            List.of(),
            List.of(),
            List.of(EthernetHeader.TYPE_VLAN),
            List.of(EthernetHeader.TYPE_SERVICE_VLAN, EthernetHeader.TYPE_VLAN));
    private static final List<List<Integer>> EXTENSIONS =
            List.of(List.of(), List.of(), List.of(), List.of(0), List.of(60), List.of(0, 43, 60));

    private final Random random;

    RandomPackets(Random random) {
        this.random = random;
    }

    /** With a payload of 1 to {@code maxPayloadBytes} bytes. */
    TestPacket superPacket(int maxPayloadBytes) {
        TestPacket kind = random.nextBoolean() ? TestPacket.ipv4() : TestPacket.ipv6();
        return kind.with(packet -> {
            packet.vlanTypes = pick(VLANS);
            packet.vlanId = random.nextInt(4096);
            packet.trafficClass = random.nextInt(256);
            packet.hopLimit = 1 + random.nextInt(255);
            packet.id = random.nextInt(1 << 16);
            packet.dontFragment = random.nextBoolean();
            packet.ipOptions = noOperations(random.nextInt(4) == 0 ? random.nextInt(11) : 0);
            packet.flowLabel = random.nextInt(1 << 20);
            packet.extensions = pick(EXTENSIONS);
            packet.source = address(packet.source);
            packet.destination = address(packet.destination);
            packet.tcp = random.nextInt(4) > 0;
            packet.sourcePort = random.nextInt(1 << 16);
            packet.destinationPort = random.nextInt(1 << 16);
            packet.sequence = random.nextInt();
            packet.acknowledgment = random.nextInt();
            packet.flags = flags();
            packet.window = random.nextInt(1 << 16);
            packet.urgent = random.nextInt(20) == 0 ? random.nextInt(1 << 16) : 0;
            packet.tcpOptions = timestamps(random.nextInt(3) == 0 ? random.nextInt(11) : 3);
            packet.payload = bytes(1 + random.nextInt(maxPayloadBytes));
        });
    }

    private int flags() {
        int flags = TestPacket.ACK;
        for (int flag : new int[] {TestPacket.PSH, TestPacket.FIN, TestPacket.ECE, TestPacket.CWR, TestPacket.AE}) {
            flags |= random.nextInt(3) == 0 ? flag : 0;
        }
        return flags;
    }

    /** Payloads of zeros and ones are where one's complement sums go wrong. */
    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        switch (random.nextInt(8)) {
            case 0 -> {}
            case 1 -> java.util.Arrays.fill(bytes, (byte) 0xff);
            default -> random.nextBytes(bytes);
        }
        return bytes;
    }

    private byte[] address(byte[] like) {
        byte[] address = like.clone();
        address[address.length - 1] = (byte) random.nextInt();
        address[address.length - 2] = (byte) random.nextInt();
        return address;
    }

    private static byte[] noOperations(int words) {
        byte[] options = new byte[words * 4];
        java.util.Arrays.fill(options, (byte) 1);
        return options;
    }

    private byte[] timestamps(int words) {
        byte[] options = noOperations(words);
        if (words >= 3) {
            options[2] = 8;
            options[3] = 10;
            for (int i = 4; i < 12; i++) {
                options[i] = (byte) random.nextInt();
            }
        }
        return options;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
