package dev.culvert.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over loopback, with a socket of Java's as the other end. */
@RequiresRoot
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang would not heed an interrupt
final class UringTest {
    private static final int BYTES = 100;

    private final NativeMemory memory = new NativeMemory(BYTES);
    private UdpSocket socket;
    private DatagramSocket other;

    @BeforeEach
    void open() throws IOException {
        socket = UdpSocket.open(1 << 20);
        other = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() {
        socket.close();
        other.close();
    }

    @Test
    void requestsThatFailAreAllTakenOutSoThatTheNextRunIsNotAnsweredByThem() throws IOException {
        try (Uring ring = new Uring(4)) {
            ring.request(UringRequest.SEND, socket.fd(), memory);
            assertThatThrownBy(() -> ring.run(BYTES)).hasMessage("io_uring request: EDESTADDRREQ");
            socket.connect((InetSocketAddress) other.getLocalSocketAddress());
            assertThatCode(() -> ring.run(BYTES)).doesNotThrowAnyException();
        }
    }

    @Test
    void aRequestThatDoesNotEndIsNotWaitedForWithoutEnd() throws IOException {
        try (Uring ring = new Uring(1)) {
            ring.request(UringRequest.READ, socket.fd(), memory);
            assertThatThrownBy(() -> ring.run(BYTES)).hasMessageContaining("did not end in time");
            sendToUs(2); // one for it, one for the next
            assertThatCode(() -> ring.run(BYTES)).doesNotThrowAnyException();
        }
    }

    @Test
    void aRingThatCannotBeMappedLeavesNothingMapped() throws IOException {
        NativeMemory parameters = new NativeMemory(120);
        int fd = UringMemory.setup(1, parameters);
        try {
            assertThatThrownBy(() -> UringMemory.map(fd, 4096, 1L << 60)).isInstanceOf(KernelException.class);
            assertThat(mappedRings()).isZero();
        } finally {
            Libc.close(fd);
        }
    }

    @Test
    void nothingOfAClosedRingStaysMapped() throws IOException {
        try (Uring _ = new Uring(8)) {
            assertThat(mappedRings()).isPositive();
        }
        assertThat(mappedRings()).isZero();
    }

    private static long mappedRings() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("io_uring")).count();
        }
    }

    private void sendToUs(int count) throws IOException {
        socket.connect((InetSocketAddress) other.getLocalSocketAddress());
        assertThat(Libc.send(socket.fd(), memory.address(), BYTES, 0)).isEqualTo(BYTES);
        DatagramPacket packet = new DatagramPacket(new byte[BYTES], BYTES);
        other.receive(packet);
        for (int i = 0; i < count; i++) {
            other.send(packet);
        }
    }
}
