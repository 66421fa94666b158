package dev.culvert.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IoBackendTest {
    @Test
    void prefersEpoll() {
        assertThat(IoBackend.choose(Optional.empty()).name()).isEqualTo("epoll");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "NIO"})
    void obeysTheWishForNio(String wish) {
        IoBackend backend = IoBackend.choose(Optional.of(wish));

        assertThat(backend.name()).isEqualTo("nio");
        assertThat(backend.reason()).contains("asked for");
    }

    @Test
    void saysThatItIgnoresAWishItDoesNotKnow() {
        IoBackend backend = IoBackend.choose(Optional.of("io_uring"));

        assertThat(backend.name()).isEqualTo("epoll");
        assertThat(backend.reason()).contains("\"io_uring\" is ignored");
    }

    @Test
    void saysThatTheOffloadIsSwitchedOff() {
        assertThat(IoBackend.epoll().withoutUdpOffload().reason()).contains("switched off");
    }

    @Test
    void saysSoInTheDescriptionOfItsSockets() throws Exception {
        try (TestSocket on = TestSocket.bind(IoBackend.epoll(), "127.0.0.1");
                TestSocket off = TestSocket.bind(IoBackend.epoll().withoutUdpOffload(), "127.0.0.1")) {
            assertThat(on.transport.description()).contains("UDP_GRO").contains("UDP_SEGMENT");
            assertThat(off.transport.description()).contains("recvmmsg").doesNotContain("UDP_");
        }
    }
}
