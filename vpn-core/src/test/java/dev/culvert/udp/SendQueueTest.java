package dev.culvert.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.udp.io.MessageOutlet;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of datagrams that the kernel refuses, with a kernel that refuses what a test wants. */
class SendQueueTest {
    private static final InetSocketAddress REMOTE = TestSocket.address("192.0.2.1", 51820);
    private static final InetSocketAddress OTHER = TestSocket.address("192.0.2.2", 51820);
    private static final int SEGMENT = 100;

    // asm-generic/errno-base.h, errno.h
    private static final int EPERM = 1;
    private static final int EINTR = 4;
    private static final int EIO = 5;
    private static final int EAGAIN = 11;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;
    private static final int ENETDOWN = 100;
    private static final int ENOBUFS = 105;
    private static final int ECONNREFUSED = 111;

    private final RefusingKernel kernel = new RefusingKernel();
    private final Ledger ledger = new Ledger();
    private final Counters counters = new Counters();
    private final SendQueue queue = new SendQueue(kernel, true, ledger, counters);

    @AfterEach
    void everyDatagramIsAccountedForOnce() {
        queue.close();
        assertThat(ledger.sent + ledger.failed + ledger.tooLarge).isEqualTo(ledger.offered);
        assertThat(queue.queuedBytes()).isZero();
        assertThat(queue.heldDatagrams()).isZero();
    }

    @Test
    void aBurstIsOneMessageCutByTheKernel() {
        assertThat(send(5 * SEGMENT + 1)).isEqualTo(SendQueue.Outcome.EMPTY);

        assertThat(kernel.taken).containsExactly("501/100");
        assertThat(ledger.sent).isEqualTo(6);
        assertThat(counters.get(CounterId.UDP_SEND_CALLS)).isOne();
    }

    @ParameterizedTest(name = "{0} bytes in segments of {1}: {2}")
    @CsvSource({
        "100, 100, 100/0",
        "6500, 100, 6400/100 100/0", // 64 segments a message
        "131002, 1500, 64500/1500 64500/1500 2002/1500", // 43 of them fit an IP packet
        "66001, 40000, 40000/0 26001/0"
    })
    void aMessageIsNeverMoreThanTheKernelTakes(int bytes, int segmentBytes, String messages) {
        ledger.offered += Math.ceilDiv(bytes, segmentBytes);
        queue.add(TestSocket.buffer(new byte[bytes]), segmentBytes, REMOTE);
        queue.send();

        assertThat(String.join(" ", kernel.taken)).isEqualTo(messages);
    }

    @Test
    void severalBurstsAreOneCall() {
        for (int i = 0; i < 5; i++) {
            add(3 * SEGMENT, i % 2 == 0 ? REMOTE : OTHER);
        }
        queue.send();

        assertThat(kernel.taken).hasSize(5);
        assertThat(counters.get(CounterId.UDP_SEND_CALLS)).isOne();
    }

    @Test
    void moreMessagesThanACallTakesAreTwo() {
        for (int i = 0; i < MessageOutlet.SLOTS + 1; i++) {
            add(SEGMENT, REMOTE);
        }
        queue.send();

        assertThat(ledger.sent).isEqualTo(MessageOutlet.SLOTS + 1);
        assertThat(counters.get(CounterId.UDP_SEND_CALLS)).isEqualTo(2);
    }

    @Test
    void aCallThatTakesSomeIsFollowedByOneForTheRest() {
        kernel.takeAtMost = 2;
        for (int i = 0; i < 5; i++) {
            add(2 * SEGMENT, REMOTE);
        }
        queue.send();

        assertThat(ledger.sent).isEqualTo(10);
        assertThat(counters.get(CounterId.UDP_SEND_CALLS)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {EMSGSIZE, EINVAL, EIO})
    void repeatsARefusedSegmentedMessageSingly(int errno) {
        kernel.refuse(errno);
        send(5 * SEGMENT + 1);

        assertThat(kernel.taken).containsExactly("100/0", "100/0", "100/0", "100/0", "100/0", "1/0");
        assertThat(ledger.sent).isEqualTo(6);
        assertThat(ledger.failed + ledger.tooLarge).isZero();
        assertThat(counters.get(CounterId.SEGMENTED_SENDS_REFUSED)).isOne();
    }

    @Test
    void whatIsRefusedInTheMiddleGoesSinglyFromThere() {
        kernel.takeAtMost = 1;
        kernel.refuseAfter(1, EIO);
        ledger.offered += 128;
        queue.add(TestSocket.buffer(new byte[128 * SEGMENT]), SEGMENT, REMOTE);
        queue.send();

        assertThat(kernel.taken).hasSize(1 + 64).startsWith("6400/100", "100/0");
        assertThat(ledger.sent).isEqualTo(128);
    }

    @Test
    void sendsSinglyFromThenOn() {
        kernel.refuse(EIO);
        send(2 * SEGMENT);
        send(2 * SEGMENT);

        assertThat(kernel.taken).containsExactly("100/0", "100/0", "100/0", "100/0");
        assertThat(counters.get(CounterId.SEGMENTED_SENDS_REFUSED)).isOne();
    }

    @Test
    void stillSegmentsForOtherRemotes() {
        kernel.refuse(EIO);
        send(2 * SEGMENT);
        add(2 * SEGMENT, OTHER);
        queue.send();

        assertThat(kernel.taken).containsExactly("100/0", "100/0", "200/100");
    }

    @ParameterizedTest(name = "errno {0}: {1} sent, {2} failed, {3} too large")
    @CsvSource({EMSGSIZE + ", 2, 0, 1", EINVAL + ", 2, 1, 0", EPERM + ", 2, 1, 0"})
    void accountsForASingleThatIsRefusedAfterItsSegmentedMessage(int errno, int sent, int failed, int tooLarge) {
        kernel.refuse(EMSGSIZE);
        kernel.refuse(errno);
        send(3 * SEGMENT);

        assertThat(ledger.sent).isEqualTo(sent);
        assertThat(ledger.failed).isEqualTo(failed);
        assertThat(ledger.tooLarge).isEqualTo(tooLarge);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void repeatsOnceWhatMetTheIcmpErrorOfAnEarlierDatagram(int count) {
        kernel.refuse(ECONNREFUSED);
        send(count * SEGMENT);

        assertThat(ledger.sent).isEqualTo(count);
        assertThat(kernel.taken).hasSize(1);
    }

    @Test
    void givesUpOnTheSecondIcmpError() {
        kernel.refuse(ECONNREFUSED);
        kernel.refuse(ECONNREFUSED);
        send(4 * SEGMENT);

        assertThat(ledger.failed).isEqualTo(4);
        assertThat(kernel.taken).isEmpty();
    }

    @Test
    void doesNotRepeatWhatAFirewallForbids() {
        kernel.refuse(EPERM);
        send(4 * SEGMENT);

        assertThat(ledger.failed).isEqualTo(4);
        assertThat(kernel.taken).isEmpty();
    }

    @Test
    void aDeviceThatIsDownSaysNothingAboutSegmentation() {
        kernel.refuse(ENETDOWN);
        send(4 * SEGMENT);
        send(4 * SEGMENT);

        assertThat(ledger.failed).isEqualTo(4);
        assertThat(kernel.taken).containsExactly("400/100");
        assertThat(counters.get(CounterId.SEGMENTED_SENDS_REFUSED)).isZero();
    }

    @Test
    void repeatsACallThatASignalBroke() {
        kernel.refuse(EINTR);
        send(2 * SEGMENT);

        assertThat(ledger.sent).isEqualTo(2);
    }

    @Test
    void aFullSocketKeepsWhatWaits() {
        kernel.takeAtMost = 1;
        kernel.refuseAfter(1, EAGAIN);
        add(2 * SEGMENT, REMOTE);
        add(3 * SEGMENT, REMOTE);
        assertThat(queue.send()).isEqualTo(SendQueue.Outcome.FULL);

        assertThat(queue.queuedBytes()).isEqualTo(3 * SEGMENT);
        assertThat(queue.heldDatagrams()).isEqualTo(3);
        assertThat(queue.send()).isEqualTo(SendQueue.Outcome.EMPTY);
        assertThat(ledger.sent).isEqualTo(5);
    }

    @Test
    void saysWhenTheKernelIsOutOfBuffers() {
        kernel.refuse(ENOBUFS);
        assertThat(send(SEGMENT)).isEqualTo(SendQueue.Outcome.NO_BUFFERS);

        assertThat(ledger.failed).isOne();
    }

    @Test
    void whatStillWaitsAtTheEndHasFailed() {
        add(5 * SEGMENT, REMOTE);
        queue.close();

        assertThat(ledger.failed).isEqualTo(5);
    }

    @Test
    void withoutSegmentationEveryDatagramIsAMessage() {
        SendQueue plain = new SendQueue(kernel, false, ledger, counters);
        ledger.offered += 3;
        plain.add(TestSocket.buffer(new byte[250]), SEGMENT, REMOTE);
        plain.send();

        assertThat(kernel.taken).containsExactly("100/0", "100/0", "50/0");
        assertThat(counters.get(CounterId.UDP_SEND_CALLS)).isOne();
    }

    private void add(int bytes, InetSocketAddress remote) {
        ledger.offered += Math.ceilDiv(bytes, SEGMENT);
        queue.add(TestSocket.buffer(new byte[bytes]), SEGMENT, remote);
    }

    private SendQueue.Outcome send(int bytes) {
        add(bytes, REMOTE);
        return queue.send();
    }

    /** Takes every message, except that the next calls are refused as told. */
    private static final class RefusingKernel implements MessageOutlet {
        private static final int NOT_REFUSED = 0;

        final Deque<Integer> refusals = new ArrayDeque<>();
        final List<String> taken = new ArrayList<>();
        private final String[] prepared = new String[SLOTS];
        int takeAtMost = SLOTS;

        void refuse(int errno) {
            refusals.add(errno);
        }

        void refuseAfter(int calls, int errno) {
            for (int i = 0; i < calls; i++) {
                refusals.add(NOT_REFUSED);
            }
            refusals.add(errno);
        }

        @Override
        public void put(int slot, InetSocketAddress remote, long address, int bytes, int segmentBytes) {
            prepared[slot] = bytes + "/" + segmentBytes;
        }

        @Override
        public int send(int count) {
            Integer errno = refusals.poll();
            if (errno != null && errno != NOT_REFUSED) {
                return -errno;
            }
            int takes = Math.min(count, takeAtMost);
            taken.addAll(Arrays.asList(prepared).subList(0, takes));
            return takes;
        }
    }

    private static final class Ledger implements SendQueue.Account {
        int offered;
        int sent;
        int failed;
        int tooLarge;

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
