package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.device.TapDevice;
import dev.culvert.device.TapException;
import dev.culvert.device.TapQueue;
import dev.culvert.device.io.Readiness;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.testkit.RequiresRoot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kernel on the other side answers what is written to it: no second device, no raw socket. */
@RequiresRoot
class TapTrafficTest {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final String OUR_MAC = "02005e100002";

    /** RFC 826: who has 10.8.0.1? tell 10.8.0.2. */
    private static final String ARP_REQUEST =
            "ffffffffffff" + OUR_MAC + "0806" + "0001080006040001" + OUR_MAC + "0a080002" + "000000000000" + "0a080001";

    /** RFC 791 and 792: echo request from 10.8.0.2 to 10.8.0.1, identifier 1, sequence 1, no data. */
    private static final String ECHO_REQUEST =
            "4500001c 00010000 400166ce 0a080002 0a080001".replace(" ", "") + "0800f7fd00010001";

    private final TestNetns netns = new TestNetns();
    private final ByteBuf received = Unpooled.directBuffer(2048);

    @AfterEach
    void cleanUp() {
        received.release();
        netns.close();
    }

    @Test
    void theKernelAnswersAnArpRequest() throws Exception {
        try (TapDevice tap = openTap()) {
            MacAddress kernel = tap.hardwareAddress().orElseThrow();

            assertThat(write(tap.queue(), ARP_REQUEST)).isTrue();

            String kernelHex = kernel.toString().replace(":", "");
            assertThat(next(tap.queue(), frame -> frame.startsWith("0806", 24)))
                    .isEqualTo(OUR_MAC + kernelHex + "0806" + "0001080006040002" + kernelHex + "0a080001" + OUR_MAC
                            + "0a080002");
        }
    }

    @Test
    void theKernelAnswersAPingOnATun() throws Exception {
        try (TapDevice tun = netns.call(() -> LinuxTapDevice.open(Specs.tun("tun0", List.of("10.8.0.1/24"))))) {
            assertThat(write(tun.queue(), ECHO_REQUEST)).isTrue();

            assertThat(next(tun.queue(), packet -> packet.startsWith("4"))).endsWith("0000fffd00010001");
        }
    }

    @Test
    void refusesWhatIsNoFrameAndCarriesOn() throws Exception {
        try (TapDevice tap = openTap()) {
            assertThat(write(tap.queue(), ARP_REQUEST.substring(0, 2 * 13))).isFalse();
            assertThat(write(tap.queue(), ARP_REQUEST)).isTrue();
        }
    }

    @Test
    void refusesWhatIsNoPacketOnATun() throws Exception {
        try (TapDevice tun = netns.call(() -> LinuxTapDevice.open(Specs.tun("tun0", List.of())))) {
            assertThat(write(tun.queue(), "00" + ECHO_REQUEST.substring(2))).isFalse();
        }
    }

    @Test
    void cutsOffWhatDoesNotFitTheBuffer() throws Exception {
        try (TapDevice tap = openTap()) {
            drain(tap.queue());
            write(tap.queue(), ARP_REQUEST);
            assertThat(Readiness.await(tap.queue().fileDescriptor(), PATIENCE_MILLIS))
                    .isTrue();
            ByteBuf small = Unpooled.directBuffer(20, 20);

            assertThat(tap.queue().read(small)).isEqualTo(20);
            small.release();
        }
    }

    @Test
    void anInterfaceSetDownRefusesFramesAndComesBack() throws Exception {
        try (TapDevice tap = openTap()) {
            netns.ip("link set tap0 down");
            drain(tap.queue());
            assertThat(write(tap.queue(), ARP_REQUEST)).isFalse();
            assertThat(Readiness.await(tap.queue().fileDescriptor(), 0)).isFalse();

            netns.ip("link set tap0 up");
            assertThat(write(tap.queue(), ARP_REQUEST)).isTrue();
        }
    }

    @Test
    void aDeletedInterfaceIsReportedByEveryCall() throws Exception {
        try (TapDevice tap = openTap()) {
            netns.ip("link delete tap0");

            assertThat(Readiness.await(tap.queue().fileDescriptor(), PATIENCE_MILLIS))
                    .isTrue();
            String message = "EBADFD: the device was deleted; bring the tunnel up again";
            assertThatThrownBy(() -> tap.queue().read(received)).hasMessage("tap0: read: " + message);
            assertThatThrownBy(() -> write(tap.queue(), ARP_REQUEST)).hasMessage("tap0: write: " + message);
        }
    }

    private TapDevice openTap() throws Exception {
        return netns.call(() -> LinuxTapDevice.open(Specs.tap("tap0", "10.8.0.1/24")));
    }

    private static boolean write(TapQueue queue, String hex) throws TapException {
        ByteBuf frame = Unpooled.directBuffer().writeBytes(HexFormat.of().parseHex(hex));
        try {
            return queue.write(frame, 0, frame.readableBytes());
        } finally {
            frame.release();
        }
    }

    /** The kernel also says things nobody asked for, IPv6 router solicitations for one. */
    private String next(TapQueue queue, Predicate<String> wanted) throws IOException {
        while (Readiness.await(queue.fileDescriptor(), PATIENCE_MILLIS)) {
            received.clear();
            int bytes = queue.read(received);
            String hex = HexFormat.of().formatHex(ByteBufUtil.getBytes(received, 0, bytes));
            if (wanted.test(hex)) {
                return hex;
            }
        }
        throw new AssertionError("no answer in " + PATIENCE_MILLIS + " ms");
    }

    private void drain(TapQueue queue) throws TapException {
        do {
            received.clear();
        } while (queue.read(received) > 0);
    }
}
