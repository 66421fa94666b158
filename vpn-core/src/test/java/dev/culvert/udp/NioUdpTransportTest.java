package dev.culvert.udp;

import static dev.culvert.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A channel of the JDK sends with the flush, and holds until then. */
class NioUdpTransportTest {
    @Test
    void becomesUnwritableWhenTooMuchIsQueuedAndWritableAgainOnceItIsSent() throws Exception {
        try (TestSocket from = TestSocket.bind(IoBackend.nio(), "127.0.0.1");
                TestSocket to = TestSocket.bind(IoBackend.nio(), "127.0.0.1")) {
            int queued = 60;
            from.run(() -> {
                assertThat(from.transport.isWritable()).isTrue();
                for (int i = 0; i < queued; i++) {
                    from.transport.send(TestSocket.buffer(new byte[64_000]), 1000, to.at("127.0.0.1"));
                }
                assertThat(from.transport.isWritable()).isFalse();
                from.transport.flush();
            });

            eventually("writable again", () -> from.writable.get() > 0);
            eventually("the account", () -> from.accountedFor() == queued * 64);
        }
    }

    @Test
    void refusesMoreThanItsLimitOfQueuedBytes() throws Exception {
        try (TestSocket from = TestSocket.bind(IoBackend.nio(), "127.0.0.1")) {
            from.run(() -> {
                for (int i = 0; i < 1000; i++) {
                    from.transport.send(
                            TestSocket.buffer(new byte[64_000]), 64_000, TestSocket.address("127.0.0.1", 9));
                }
            });
            assertThat(from.failed.get()).isBetween(500, 900);
        }
    }
}
