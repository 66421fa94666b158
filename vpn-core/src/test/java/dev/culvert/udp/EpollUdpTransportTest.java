package dev.culvert.udp;

import static dev.culvert.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.Counters;
import dev.culvert.udp.io.MessageOutlet;
import dev.culvert.udp.io.MessageSender;
import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A socket that is full, or a kernel without memory, for as long as a test wants; the socket beneath is real. */
class EpollUdpTransportTest {
    private static final int BURST_BYTES = 64_000;
    private static final int SEGMENT_BYTES = 1000;
    private static final int EAGAIN = 11; // asm-generic/errno-base.h, errno.h
    private static final int ENOBUFS = 105;

    private final LoopThread thread = new LoopThread("full", new Counters(), EpollIoHandler.newFactory());
    private final Account account = new Account();
    private final AtomicInteger errno = new AtomicInteger();
    private TestSocket to;
    private EpollUdpTransport transport;

    @BeforeEach
    void open() throws Exception {
        to = TestSocket.bind(IoBackend.epoll(), "127.0.0.1");
        transport = thread.call(() -> {
            LaneSocket socket = LaneSocket.open(false);
            socket.bind(TestSocket.address("127.0.0.1", 0));
            MessageSender sender = new MessageSender(socket.number(), false);
            EpollSockets.Setup setup = new EpollSockets.Setup(false, 1, 65_536, 2048, true, "");
            return new EpollUdpTransport(thread, socket, setup, new Stubborn(sender));
        });
        transport.receive(account);
        thread.barrier();
    }

    @AfterEach
    void close() {
        thread.close();
        to.close();
    }

    @Test
    void aFullSocketHoldsUntilItTakesAgain() throws Exception {
        int bursts = 20;
        errno.set(EAGAIN);
        thread.call(() -> {
            assertThat(transport.isWritable()).isTrue();
            sendBursts(bursts);
            assertThat(transport.isWritable())
                    .as("writable with %d bytes queued", bursts * BURST_BYTES)
                    .isFalse();
            assertThat(transport.isFull()).isFalse();
            assertThat(transport.heldDatagrams()).isEqualTo(bursts * BURST_BYTES / SEGMENT_BYTES);
            return true;
        });
        assertThat(account.writable).hasValue(0);

        errno.set(0);
        eventually("writable again", () -> account.writable.get() == 1);
        eventually("all sent", () -> account.sent.get() == bursts * BURST_BYTES / SEGMENT_BYTES);
        eventually("all arrived", () -> to.received.size() == bursts * BURST_BYTES / SEGMENT_BYTES);
    }

    @Test
    void isFullWellBeyondUnwritableAndRefusesInTheEnd() throws Exception {
        errno.set(EAGAIN);
        thread.call(() -> {
            sendBursts(40);
            assertThat(transport.isFull()).isTrue();
            sendBursts(300);
            return true;
        });
        assertThat(account.failed.get()).isBetween(60 * 64, 100 * 64);

        thread.close();
        assertThat(account.failed).hasValue(340 * 64);
    }

    @Test
    void aKernelWithoutMemoryIsLeftAloneForAWhile() throws Exception {
        errno.set(ENOBUFS);
        thread.call(() -> {
            sendBursts(1);
            assertThat(transport.isWritable()).isFalse();
            assertThat(account.failed).hasValue(64);
            errno.set(0);
            return true;
        });
        eventually("writable again", () -> account.writable.get() == 1);
        assertThat(thread.call(transport::isWritable)).isTrue();
    }

    private void sendBursts(int count) {
        for (int i = 0; i < count; i++) {
            transport.send(TestSocket.buffer(new byte[BURST_BYTES]), SEGMENT_BYTES, to.at("127.0.0.1"));
        }
        transport.flush();
    }

    /** Answers with an errno while there is one. */
    private final class Stubborn implements MessageOutlet {
        private final MessageOutlet kernel;

        Stubborn(MessageOutlet kernel) {
            this.kernel = kernel;
        }

        @Override
        public void put(int slot, InetSocketAddress remote, long address, int bytes, int segmentBytes) {
            kernel.put(slot, remote, address, bytes, segmentBytes);
        }

        @Override
        public int send(int count) {
            int refusal = errno.get();
            return refusal == 0 ? kernel.send(count) : -refusal;
        }
    }

    private static final class Account implements UdpReceiver {
        final AtomicInteger sent = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger writable = new AtomicInteger();

        @Override
        public void onDatagram(ByteBuf datagram, InetSocketAddress from) {}

        @Override
        public void onReceiveComplete() {}

        @Override
        public void onWritable() {
            writable.incrementAndGet();
        }

        @Override
        public void onSent(int count) {
            sent.addAndGet(count);
        }

        @Override
        public void onSendFailed(int count, boolean tooLarge) {
            failed.addAndGet(count);
        }
    }
}
