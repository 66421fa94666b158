package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapOffload;
import dev.culvert.device.io.Readiness;
import dev.culvert.offload.VirtioNetHeader;
import dev.culvert.testkit.RequiresRoot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two TAPs in two namespaces with this thread between them, and TCP of the kernel's own through both. */
@RequiresRoot
class SuperFrameTest {
    private static final int BYTES = 4_000_000;
    private static final int FRAME_BYTES = Specs.MTU + 14;
    private static final Set<TapOffload> ALL = EnumSet.allOf(TapOffload.class);

    private final TestNetns near = new TestNetns();
    private final TestNetns far = new TestNetns();
    private final ByteBuf buffer = Unpooled.directBuffer(70_000, 70_000);
    private int longestFrame;

    @AfterEach
    void cleanUp() {
        buffer.release();
        near.close();
        far.close();
    }

    @Test
    void tcpArrivesInSuperFramesThatTheOtherDeviceTakes() throws Exception {
        try (TapDevice one = open(near, "10.8.0.1/24", ALL);
                TapDevice other = open(far, "10.8.0.2/24", ALL)) {
            assertThat(one.offloads().headerBytes()).isEqualTo(VirtioNetHeader.BYTES);
            assertThat(one.offloads().granted())
                    .contains(TapOffload.CSUM, TapOffload.TSO4, TapOffload.TSO6, TapOffload.ECN);
            assertThat(one.offloads().refused().keySet())
                    .isEqualTo(
                            EnumSet.complementOf(EnumSet.copyOf(one.offloads().granted())));

            carryTcp(one, other);

            assertThat(longestFrame).isGreaterThan(10 * FRAME_BYTES);
        }
    }

    @Test
    void withChecksumsAloneFramesHaveAHeaderAndTheSizeOfTheMtu() throws Exception {
        try (TapDevice one = open(near, "10.8.0.1/24", Set.of(TapOffload.CSUM));
                TapDevice other = open(far, "10.8.0.2/24", Set.of(TapOffload.CSUM))) {
            carryTcp(one, other);

            assertThat(longestFrame).isEqualTo(VirtioNetHeader.BYTES + FRAME_BYTES);
        }
    }

    @Test
    void aRefusedOffloadIsReportedWithItsReason() throws Exception {
        try (TapDevice tap = open(near, "10.8.0.1/24", Set.of(TapOffload.CSUM, TapOffload.ECN, TapOffload.USO6))) {
            assertThat(tap.offloads().granted()).containsExactly(TapOffload.CSUM);
            assertThat(tap.offloads().refused()).containsEntry(TapOffload.ECN, "needs tso4 or tso6");
            assertThat(tap.offloads().refused().get(TapOffload.USO6)).contains("EINVAL", "uso4 together with uso6");
        }
    }

    @Test
    void noneAskedForIsNoHeader() throws Exception {
        try (TapDevice tap = open(near, "10.8.0.1/24", Set.of())) {
            assertThat(tap.offloads()).isEqualTo(GrantedOffloads.NONE);
            assertThat(near.ip("-d link show dev tap0")).contains("vnet_hdr off");
        }
    }

    @Test
    void aPersistentDeviceIsGivenBackWithoutOffloads() throws Exception {
        near.ip("tuntap add dev tap0 mode tap");
        assertThat(offloadFeatures()).doesNotContain("tcp-segmentation-offload: on");
        try (TapDevice _ = open(near, "10.8.0.1/24", ALL)) {
            assertThat(offloadFeatures()).contains("tcp-segmentation-offload: on");
        }
        assertThat(offloadFeatures()).doesNotContain("tcp-segmentation-offload: on");
    }

    @Test
    void anAdoptedDeviceCarriesNoSuperFramesThatNobodyAskedFor() throws Exception {
        near.ip("tuntap add dev tap0 mode tap");
        leaveOffloadsOn();
        assertThat(offloadFeatures()).contains("tcp-segmentation-offload: on");

        try (TapDevice one = open(near, "10.8.0.1/24", Set.of());
                TapDevice other = open(far, "10.8.0.2/24", Set.of())) {
            carryTcp(one, other);

            assertThat(longestFrame).isEqualTo(FRAME_BYTES);
        }
    }

    /** As somebody who was killed would. */
    private void leaveOffloadsOn() throws Exception {
        DeviceSpec spec = Specs.tap("tap0").withOffloads(ALL);
        int abandoned = near.call(() -> {
            OwnedFd fd = OwnedFd.open("tap0", IfTun.PATH, LibC.O_RDWR);
            Ifreq request = new Ifreq("tap0", IfTun.IFF_TAP | IfTun.IFF_NO_PI | VirtioHeader.flag(spec));
            assertThat(LibC.ioctl(fd.number(), IfTun.TUNSETIFF, request.bytes()))
                    .isZero();
            VirtioHeader.negotiate(fd, spec, true);
            return fd.number();
        });
        LibC.close(abandoned);
    }

    private String offloadFeatures() throws Exception {
        return near.call(() -> {
            Process ethtool = new ProcessBuilder("ethtool", "-k", "tap0").start();
            return new String(ethtool.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        });
    }

    private static TapDevice open(TestNetns netns, String address, Set<TapOffload> offloads) throws Exception {
        return netns.call(() -> LinuxTapDevice.open(Specs.tap("tap0", address).withOffloads(offloads)));
    }

    /** From {@code one} to {@code other}, and compares what arrives. */
    private void carryTcp(TapDevice one, TapDevice other) throws Exception {
        byte[] sent = new byte[BYTES];
        new Random(4711).nextBytes(sent);
        FutureTask<byte[]> received = far.call(() -> {
            ServerSocket server = new ServerSocket(9000, 1, new InetSocketAddress("10.8.0.2", 0).getAddress());
            return start(() -> {
                try (server;
                        Socket socket = server.accept()) {
                    return socket.getInputStream().readNBytes(BYTES);
                }
            });
        });
        Socket sender = near.call(Socket::new);
        FutureTask<byte[]> sending = near.call(() -> start(() -> {
            try (sender) {
                sender.connect(new InetSocketAddress("10.8.0.2", 9000), 5_000);
                sender.getOutputStream().write(sent);
            }
            return sent;
        }));
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!received.isDone() && System.nanoTime() - deadlineNanos < 0) {
            boolean there = carryOne(one, other);
            boolean back = carryOne(other, one);
            if (!there && !back) {
                Readiness.await(one.queue().fileDescriptor(), 1);
            }
        }
        assertThat(sending.get(1, TimeUnit.SECONDS)).isSameAs(sent);
        assertThat(Arrays.equals(received.get(1, TimeUnit.SECONDS), sent)).isTrue();
    }

    private static FutureTask<byte[]> start(Callable<byte[]> body) {
        FutureTask<byte[]> task = new FutureTask<>(body);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private boolean carryOne(TapDevice from, TapDevice to) throws IOException {
        int length = from.queue().read(buffer.clear());
        longestFrame = Math.max(longestFrame, length);
        return length > 0 && to.queue().write(buffer, 0, length);
    }
}
