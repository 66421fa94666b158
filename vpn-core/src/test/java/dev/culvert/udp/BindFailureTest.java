package dev.culvert.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** The failures that root cannot provoke; the others are in {@link UdpTransportTest}. */
class BindFailureTest {
    private static final InetSocketAddress LISTEN = TestSocket.address("::", 53);

    @Test
    void namesTheMissingPermissionWhicheverBackendMetIt() {
        UdpException epoll = BindFailure.explain(LISTEN, new NativeIoException("bind", -13, false));
        UdpException nio = BindFailure.explain(LISTEN, new SocketException("Permission denied"));

        assertThat(epoll).hasMessage(nio.getMessage());
        assertThat(nio).hasMessageContaining("[::]:53: EACCES").hasMessageContaining("CAP_NET_BIND_SERVICE");
    }

    @Test
    void recognisesAMachineWithoutIpv6InsideNettysException() {
        Throwable cause = new ChannelException(new NativeIoException("socket", -97, false));

        assertThat(BindFailure.isFamilyMissing(BindFailure.explain(LISTEN, cause)))
                .isTrue();
    }

    @Test
    void recognisesAMachineWithoutIpv6ByTheJdksException() {
        Throwable cause = new UnsupportedOperationException("IPv6 not available");

        assertThat(BindFailure.isFamilyMissing(BindFailure.explain(LISTEN, cause)))
                .isTrue();
    }

    @Test
    void passesOnWhatItDoesNotKnow() {
        assertThat(BindFailure.explain(LISTEN, new IOException("odd"))).hasMessageContaining("odd");
    }

    @Test
    void refusesAName() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("vpn.example.org", 51820);

        assertThat(BindFailure.unresolved(name)).hasMessageContaining("vpn.example.org:51820: not an address");
    }
}
