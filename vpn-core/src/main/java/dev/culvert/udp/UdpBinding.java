package dev.culvert.udp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Which family a lane's socket is of: {@code [::]} becomes a dual-stack socket, whose peers are of both. */
final class UdpBinding {
    private final LoopThread thread;
    private final SocketOpener opener;

    UdpBinding(LoopThread thread, SocketOpener opener) {
        this.thread = thread;
        this.opener = opener;
    }

    UdpTransport bind(InetSocketAddress listen) throws UdpException {
        if (listen.isUnresolved()) {
            throw BindFailure.unresolved(listen);
        }
        try {
            return thread.call(() -> bindOnLoop(listen));
        } catch (UdpException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindFailure.explain(listen, e);
        } catch (Exception e) {
            throw BindFailure.explain(listen, e);
        }
    }

    private UdpTransport bindOnLoop(InetSocketAddress listen) throws UdpException {
        InetAddress address = listen.getAddress();
        if (address instanceof Inet4Address) {
            return opener.open(listen, false, "");
        }
        try {
            return opener.open(listen, true, "");
        } catch (UdpException e) {
            if (!address.isAnyLocalAddress() || !BindFailure.isFamilyMissing(e)) {
                throw e;
            }
            // "[::]" means "whatever there is", and is the default: a machine without IPv6 has IPv4.
            InetSocketAddress ipv4 = new InetSocketAddress("0.0.0.0", listen.getPort());
            return opener.open(ipv4, false, ", IPv4 only: this machine has no IPv6");
        }
    }

    /** For messages: {@code [::]:51820} and {@code 0.0.0.0:51820}. */
    static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        if (host == null) {
            return address.getHostString() + ":" + address.getPort();
        }
        String literal = host.isAnyLocalAddress() && host instanceof Inet6Address ? "::" : host.getHostAddress();
        return (host instanceof Inet6Address ? "[" + literal + "]" : literal) + ":" + address.getPort();
    }
}
