package dev.culvert.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.Errno;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.testkit.RequiresRoot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 10.8.0.1 asks through a TUN, and this test is the 10.8.0.2 behind it. */
@RequiresRoot
final class IcmpSocketTest {
    private static final String DEVICE = "tun0";
    private static final InetAddress FAR = InetAddress.ofLiteral("10.8.0.2");
    /** Of IPv6: for IPv4 the kernel takes what has no route to be on the link of the device. */
    private static final InetAddress UNROUTED = InetAddress.ofLiteral("2001:db8::1");

    private static final int MTU = 1400;
    private static final short IDENTIFIER = 0x2a2a;
    private static final int PAYLOAD_BYTES = 56;
    private static final long TOKEN = 0x0123456789abcdefL;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int ENETUNREACH = 101; // asm-generic/errno.h
    private static final int EHOSTUNREACH = 113;

    private static final int IP_HEADER_BYTES = 20;
    private static final byte IPV4_OF_20_BYTES = 0x45;
    private static final int SOURCE = 12;
    private static final byte ECHO_REPLY = 0;
    private static final byte ECHO_REQUEST = 8;

    private Lab lab;
    private LabHost host;
    private TapDevice tun;
    private IcmpSocket socket;

    @BeforeEach
    void build() throws Exception {
        lab = Lab.open();
        host = lab.host("host");
        tun = host.call(() -> LinuxTapDevice.open(new DeviceSpec(
                DEVICE, TapMode.TUN, MTU, 100, List.of(IpPrefix.parse("10.8.0.1/24")), Optional.empty(), List.of())));
        socket = open(FAR, DEVICE);
    }

    @AfterEach
    void remove() throws LabException {
        socket.close();
        tun.close();
        lab.close();
    }

    private IcmpSocket open(InetAddress address, String device) throws LabException {
        return host.call(() -> IcmpSocket.open(address, device, IDENTIFIER));
    }

    @Test
    void anEchoComesBackAsItWasSent() throws IOException {
        ByteBuffer request = exchange(7);
        answer(message(request));
        assertThat(received()).isEqualTo(new EchoSocket.Reply(7, TOKEN, PAYLOAD_BYTES));
        assertThat(socket.receive()).isInstanceOf(EchoSocket.Nothing.class);
        assertThat(request.remaining()).isEqualTo(socket.headerBytes() + PAYLOAD_BYTES);
        assertThat(checksum(message(request)))
                .as("over a message with its checksum")
                .isZero();
    }

    @Test
    void aCutReplyTellsWhatIsLeft() throws IOException {
        ByteBuffer message = message(exchange(7));
        answer(message.duplicate().limit(message.limit() - 1));
        assertThat(received()).isEqualTo(new EchoSocket.Reply(7, TOKEN, PAYLOAD_BYTES - 1));
        answer(message.duplicate().limit(20));
        assertThat(received()).isEqualTo(new EchoSocket.Reply(EchoSocket.Reply.NO_NUMBER, 0, 12));
    }

    @Test
    void anotherConversationAndOtherMessagesAreForeign() throws IOException {
        ByteBuffer message = message(exchange(7));
        answer(ByteBuffer.allocate(message.limit())
                .put(message.duplicate())
                .flip()
                .putShort(4, (short) (IDENTIFIER + 1)));
        assertThat(received()).isInstanceOf(EchoSocket.Foreign.class);
        write(FAR, ECHO_REQUEST, message);
        assertThat(received()).isInstanceOf(EchoSocket.Foreign.class);
    }

    @Test
    void anotherHostsReplyIsNotEvenReceived() throws IOException {
        ByteBuffer message = message(exchange(7));
        write(InetAddress.ofLiteral("10.8.0.3"), ECHO_REPLY, message);
        answer(message);
        assertThat(received()).isInstanceOf(EchoSocket.Reply.class);
        assertThat(socket.receive()).isInstanceOf(EchoSocket.Nothing.class);
    }

    @Test
    void anIcmpErrorIsToldAndTheSocketGoesOn() throws IOException {
        refuse(exchange(7));
        assertThat(received()).isEqualTo(new EchoSocket.Refusal(EHOSTUNREACH));
        assertThat(received()).as("the error itself").isInstanceOf(EchoSocket.Foreign.class);

        refuse(exchange(8));
        answer(message(exchange(9)));
        assertThat(received()).as("told before anything else").isEqualTo(new EchoSocket.Refusal(EHOSTUNREACH));
        assertThat(received()).isInstanceOf(EchoSocket.Foreign.class);
        assertThat(received()).isEqualTo(new EchoSocket.Reply(9, TOKEN, PAYLOAD_BYTES));
        assertThat(socket.receive()).isInstanceOf(EchoSocket.Nothing.class);
    }

    @Test
    void aDeviceThatIsGoneRefusesAndNothingHangs() {
        tun.close();
        assertThat(socket.send(7, TOKEN, PAYLOAD_BYTES))
                .as("its source address is gone too, which the kernel looks at first (older ones: EINVAL)")
                .isIn(ENETUNREACH, Errno.EINVAL);
        assertThat(socket.receive()).isInstanceOf(EchoSocket.Nothing.class);
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        long beganNanos = System.nanoTime();
        socket.await(Duration.ofMillis(20).toNanos());
        assertThat(System.nanoTime() - beganNanos)
                .isBetween(Duration.ofMillis(20).toNanos(), PATIENCE_NANOS);
        socket.await(-1);
    }

    @Test
    void whatWasThrownAwayIsCounted() throws IOException {
        int many = 20_000;
        ByteBuffer message = message(exchange(7));
        for (int i = 0; i < many; i++) {
            answer(message);
        }
        int received = 0;
        while (socket.receive() instanceof EchoSocket.Reply) {
            received++;
        }
        assertThat(received).isPositive();
        assertThat(socket.overrun()).isPositive().isEqualTo(many - received);
    }

    @Test
    void whatCannotBeOpenedLeavesNoDescriptorAndSaysWhatToDo() throws IOException {
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> open(FAR, "nosuch0")).hasMessageEndingWith("SO_BINDTODEVICE nosuch0: ENODEV");
            assertThatThrownBy(() -> open(UNROUTED, DEVICE))
                    .hasMessageContaining(
                            "connect to 2001:db8:0:0:0:0:0:1 through tun0: ENETUNREACH: is there a route");
        }
        assertThat(descriptors()).isLessThan(before + 20);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }

    /** Sends a request; returns it as it came out of the TUN. */
    private ByteBuffer exchange(long number) throws IOException {
        assertThat(socket.send(number, TOKEN, PAYLOAD_BYTES)).isZero();
        ByteBuf packet = Unpooled.directBuffer(MTU);
        try {
            long beganNanos = System.nanoTime();
            do {
                tun.queue().read(packet.clear());
                // the kernel also says things that nobody asked for, IPv6 router solicitations for one: a byte of their
                // source, which is drawn at random, is where the type would be
                if (packet.readableBytes() > IP_HEADER_BYTES
                        && packet.getByte(0) == IPV4_OF_20_BYTES
                        && packet.getByte(IP_HEADER_BYTES) == ECHO_REQUEST) {
                    return ByteBuffer.wrap(ByteBufUtil.getBytes(packet));
                }
            } while (System.nanoTime() - beganNanos < PATIENCE_NANOS);
            throw new AssertionError("no request came");
        } finally {
            packet.release();
        }
    }

    private EchoSocket.Received received() {
        socket.await(PATIENCE_NANOS);
        return socket.receive();
    }

    private static ByteBuffer message(ByteBuffer packet) {
        return packet.slice(IP_HEADER_BYTES, packet.limit() - IP_HEADER_BYTES);
    }

    /** @param message everything but its type and its checksum is sent back as it is */
    private void answer(ByteBuffer message) throws IOException {
        write(FAR, ECHO_REPLY, message);
    }

    /** RFC 1812: communication administratively prohibited. */
    private void refuse(ByteBuffer packet) throws IOException {
        byte unreachable = 3;
        byte prohibited = 13;
        ByteBuffer error = ByteBuffer.allocate(8 + IP_HEADER_BYTES + 8).put(1, prohibited);
        write(FAR, unreachable, error.put(8, packet, 0, IP_HEADER_BYTES + 8));
    }

    /** RFC 791. */
    private void write(InetAddress from, byte type, ByteBuffer message) throws IOException {
        int bytes = IP_HEADER_BYTES + message.limit();
        ByteBuffer packet = ByteBuffer.allocate(bytes)
                .putShort(0, (short) 0x4500)
                .putShort(2, (short) bytes)
                .putShort(8, (short) 0x4001) // 64 hops, ICMP
                .put(SOURCE, from.getAddress())
                .put(SOURCE + Integer.BYTES, new byte[] {10, 8, 0, 1});
        packet.putShort(10, checksum(packet.slice(0, IP_HEADER_BYTES)));
        ByteBuffer copy = packet.slice(IP_HEADER_BYTES, message.limit());
        copy.put(0, message, 0, message.limit()).put(0, type).putShort(2, (short) 0);
        copy.putShort(2, checksum(copy));
        ByteBuf direct = Unpooled.directBuffer(bytes).writeBytes(packet);
        try {
            assertThat(tun.queue().write(direct, 0, bytes)).isTrue();
        } finally {
            direct.release();
        }
    }

    /** RFC 1071; 0 over a message that has its checksum in it. */
    private static short checksum(ByteBuffer message) {
        int sum = 0;
        for (int i = 0; i < message.limit(); i++) {
            sum += (message.get(i) & 0xff) << (i % 2 == 0 ? Byte.SIZE : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> Short.SIZE);
        }
        return (short) ~sum;
    }
}
