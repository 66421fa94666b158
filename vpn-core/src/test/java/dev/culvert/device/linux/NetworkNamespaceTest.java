package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.device.TapException;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class NetworkNamespaceTest {
    private final TestNetns netns = new TestNetns();

    @AfterEach
    void removeNamespace() {
        netns.close();
    }

    @Test
    void onlyTheVisitorIsInside() throws Exception {
        long outside = NetworkNamespace.inode();

        long inside = NetworkNamespace.call(netns.name(), NetworkNamespace::inode);
        long sameByPath = NetworkNamespace.call(Path.of("/var/run/netns", netns.name()), NetworkNamespace::inode);

        assertThat(inside).isNotEqualTo(outside).isEqualTo(sameByPath);
        assertThat(NetworkNamespace.inode()).isEqualTo(outside);
    }

    @Test
    void socketsMadeInsideStayInside() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.77"), 0);
        netns.ip("link set lo up");
        netns.ip("addr add 192.0.2.77/32 dev lo"); // an address that only the namespace has

        try (DatagramSocket socket = netns.call(() -> new DatagramSocket(address))) {
            assertThat(socket.getLocalAddress()).isEqualTo(address.getAddress());
            assertThatThrownBy(() -> new DatagramSocket(address)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void passesOnWhatTheBodyThrows() {
        IOException thrown = new IOException("from inside");

        assertThatThrownBy(() -> NetworkNamespace.run(netns.name(), () -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void anUnknownNamespaceIsAnErrorWithARemedy() {
        assertThatThrownBy(() -> NetworkNamespace.call("culvdev-none", () -> 1))
                .isInstanceOf(TapException.class)
                .hasMessage("network namespace culvdev-none: open /var/run/netns/culvdev-none: ENOENT:"
                        + " it does not exist; list what does: ip netns");
    }

    @Test
    void aFileThatIsNoNamespaceIsAnError() {
        assertThatThrownBy(() -> NetworkNamespace.call(Path.of("/etc/hostname"), () -> 1))
                .hasMessageStartingWith("network namespace hostname: setns: EINVAL: /etc/hostname must be");
    }

    @Test
    void anInterruptReachesTheBodyAndIsKept() throws Exception {
        Thread caller = Thread.currentThread();
        AtomicBoolean reached = new AtomicBoolean();

        NetworkNamespace.run(netns.name(), () -> {
            caller.interrupt();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                reached.set(true);
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reached).isTrue();
    }
}
