package dev.culvert.udp;

import static dev.culvert.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of datagrams that the kernel refuses, with a kernel that refuses what a test wants. */
class RefusedSendsTest {
    private static final InetSocketAddress REMOTE = TestSocket.address("192.0.2.1", 51820);
    private static final int SEGMENT = 100;

    // asm-generic/errno-base.h, errno.h
    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;
    private static final int ENOBUFS = 105;
    private static final int ECONNREFUSED = 111;

    private final LoopThread thread = new LoopThread("refused", new Counters(), NioIoHandler.newFactory());
    private final RefusingKernel kernel = new RefusingKernel();
    private final EmbeddedChannel channel = new EmbeddedChannel(kernel);
    private final NettyUdpTransport transport = new NettyUdpTransport(
            new DatagramChannels.Opened(channel, 2048, true, () -> {}, "embedded"), thread, true, "embedded");
    private final Account account = new Account();

    @BeforeEach
    void begin() {
        transport.receive(account);
        thread.barrier();
    }

    @AfterEach
    void close() {
        channel.close().syncUninterruptibly();
        thread.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {EMSGSIZE, EINVAL, EIO})
    void repeatsARefusedSegmentedSendSingly(int errno) {
        kernel.refuse(errno);
        send(5 * SEGMENT + 1);

        assertThat(kernel.taken).containsExactly(100, 100, 100, 100, 100, 1);
        assertThat(account.sent).isEqualTo(6);
        assertThat(account.failed + account.tooLarge).isZero();
        assertThat(transport.description()).contains("1 segmented sends refused");
    }

    @Test
    void sendsSinglyFromThenOn() {
        kernel.refuse(EIO);
        send(2 * SEGMENT);
        send(2 * SEGMENT);

        assertThat(kernel.segmentedAttempts).isEqualTo(1);
        assertThat(account.sent).isEqualTo(4);
    }

    @Test
    void stillSegmentsForOtherRemotes() {
        kernel.refuse(EIO);
        send(2 * SEGMENT);
        transport.send(TestSocket.buffer(new byte[2 * SEGMENT]), SEGMENT, TestSocket.address("192.0.2.2", 51820));
        transport.flush();

        assertThat(kernel.segmentedAttempts).isEqualTo(2);
    }

    @ParameterizedTest(name = "errno {0}: {1} sent, {2} failed, {3} too large")
    @CsvSource({EMSGSIZE + ", 2, 0, 1", EINVAL + ", 2, 1, 0", EPERM + ", 2, 1, 0"})
    void accountsForASingleThatIsRefusedAfterItsSegmentedSend(int errno, int sent, int failed, int tooLarge) {
        kernel.refuse(EMSGSIZE);
        kernel.refuse(errno);
        send(3 * SEGMENT);

        assertThat(account.sent).isEqualTo(sent);
        assertThat(account.failed).isEqualTo(failed);
        assertThat(account.tooLarge).isEqualTo(tooLarge);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void repeatsOnceWhatMetTheIcmpErrorOfAnEarlierDatagram(int count) {
        kernel.refuse(ECONNREFUSED);
        send(count * SEGMENT);

        assertThat(account.sent).isEqualTo(count);
        assertThat(kernel.taken).containsExactly(count * SEGMENT);
    }

    @Test
    void givesUpOnTheSecondIcmpError() {
        kernel.refuse(ECONNREFUSED);
        kernel.refuse(ECONNREFUSED);
        send(4 * SEGMENT);

        assertThat(account.failed).isEqualTo(4);
        assertThat(kernel.taken).isEmpty();
    }

    @Test
    void doesNotRepeatWhatAFirewallForbids() {
        kernel.refuse(EPERM);
        send(4 * SEGMENT);

        assertThat(account.failed).isEqualTo(4);
        assertThat(kernel.taken).isEmpty();
    }

    @Test
    void pausesWhenTheKernelIsOutOfBuffers() {
        kernel.refuse(ENOBUFS);
        send(SEGMENT);

        assertThat(account.failed).isEqualTo(1);
        assertThat(transport.isWritable()).isFalse();
        eventually("writable again", () -> {
            channel.runScheduledPendingTasks();
            return account.writable == 1;
        });
        assertThat(transport.isWritable()).isTrue();
    }

    private void send(int bytes) {
        transport.send(TestSocket.buffer(new byte[bytes]), SEGMENT, REMOTE);
        transport.flush();
    }

    /** Takes every datagram, except that the next ones are refused as told. */
    private static final class RefusingKernel extends ChannelOutboundHandlerAdapter {
        final Deque<Integer> refusals = new ArrayDeque<>();
        final List<Integer> taken = new ArrayList<>();
        int segmentedAttempts;

        void refuse(int errno) {
            refusals.add(errno);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            DatagramPacket packet = (DatagramPacket) message;
            segmentedAttempts += packet instanceof SegmentedDatagramPacket ? 1 : 0;
            int bytes = packet.content().readableBytes();
            packet.release();
            Integer errno = refusals.poll();
            if (errno == null) {
                taken.add(bytes);
                promise.setSuccess();
            } else {
                promise.setFailure(new NativeIoException("sendmmsg", -errno, false));
            }
        }
    }

    private static final class Account implements UdpReceiver {
        int sent;
        int failed;
        int tooLarge;
        int writable;

        @Override
        public void onDatagram(ByteBuf datagram, InetSocketAddress from) {}

        @Override
        public void onReceiveComplete() {}

        @Override
        public void onWritable() {
            writable++;
        }

        @Override
        public void onSent(int count) {
            sent += count;
        }

        @Override
        public void onSendFailed(int count, boolean asTooLarge) {
            failed += asTooLarge ? 0 : count;
            tooLarge += asTooLarge ? count : 0;
        }
    }
}
