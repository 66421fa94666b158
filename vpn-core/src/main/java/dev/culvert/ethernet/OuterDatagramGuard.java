package dev.culvert.ethernet;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;

/**
 * Recognizes the tunnel's own outer datagrams when they come back through the TAP: UDP between our listen port and the
 * current remote address of a peer, in either direction. Carried again, each would be wrapped in itself until the
 * machine is busy with nothing else; it happens when the route to a peer leads into the tunnel, or when the bridge also
 * has the port the datagrams leave by.
 *
 * <p>Immutable, callable from any thread: when a peer's address changes, make another. Costs nearly every frame two
 * comparisons, and only UDP of our port a walk through the remote addresses.
 *
 * <p>Doubt: what the kernel fragmented is recognized by its first fragment in IPv4 and not at all in IPv6.
 */
public final class OuterDatagramGuard {
    /** Recognizes nothing: no peer has an address yet. */
    public static final OuterDatagramGuard NONE = new OuterDatagramGuard(0, List.of());

    private static final int UDP_SOURCE_PORT = 0;
    private static final int UDP_DESTINATION_PORT = UDP_SOURCE_PORT + Short.BYTES;
    private static final int UDP_LENGTH = UDP_DESTINATION_PORT + 3 * Short.BYTES;

    private final int listenPort;
    private final List<Remote> remotes;

    /**
     * @param listenPort the port our socket is bound to
     * @param remotes the peers' current addresses, all resolved
     */
    public OuterDatagramGuard(int listenPort, Collection<InetSocketAddress> remotes) {
        this.listenPort = listenPort;
        this.remotes = remotes.stream().map(Remote::of).distinct().toList();
    }

    /** Whether an Ethernet frame, with or without VLAN tags, carries such a datagram. */
    public boolean isOwnDatagram(ByteBuf frame, int index, int length) {
        int headerBytes = EthernetHeader.bytes(frame, index, length);
        if (headerBytes == EthernetHeader.TRUNCATED) {
            return false;
        }
        int type = EthernetHeader.payloadType(frame, index, headerBytes);
        return (type == EthernetHeader.TYPE_IPV4 || type == EthernetHeader.TYPE_IPV6)
                && isOwnDatagramPacket(frame, index + headerBytes, length - headerBytes);
    }

    /** Whether an IP packet, in tun mode, is such a datagram. */
    public boolean isOwnDatagramPacket(ByteBuf packet, int index, int length) {
        if (!IpHeader.isValid(packet, index, length) || IpHeader.protocol(packet, index) != IpHeader.PROTOCOL_UDP) {
            return false;
        }
        int headerBytes = IpHeader.headerBytes(packet, index);
        if (length - headerBytes < UDP_LENGTH) {
            return false;
        }
        int sourcePort = packet.getUnsignedShort(index + headerBytes + UDP_SOURCE_PORT);
        int destinationPort = packet.getUnsignedShort(index + headerBytes + UDP_DESTINATION_PORT);
        return (sourcePort == listenPort && isDestination(packet, index, destinationPort))
                || (destinationPort == listenPort && isSource(packet, index, sourcePort));
    }

    private boolean isDestination(ByteBuf packet, int index, int port) {
        if (IpHeader.version(packet, index) == 6) {
            return isRemote(IpHeader.v6DestinationHigh(packet, index), IpHeader.v6DestinationLow(packet, index), port);
        }
        return !IpHeader.isLaterV4Fragment(packet, index)
                && isRemote(AddressWords.V4_HIGH, AddressWords.v4Low(IpHeader.v4Destination(packet, index)), port);
    }

    private boolean isSource(ByteBuf packet, int index, int port) {
        if (IpHeader.version(packet, index) == 6) {
            return isRemote(IpHeader.v6SourceHigh(packet, index), IpHeader.v6SourceLow(packet, index), port);
        }
        return !IpHeader.isLaterV4Fragment(packet, index)
                && isRemote(AddressWords.V4_HIGH, AddressWords.v4Low(IpHeader.v4Source(packet, index)), port);
    }

    private boolean isRemote(long high, long low, int port) {
        for (int i = 0; i < remotes.size(); i++) { // by index: an iterator would be garbage for every frame
            Remote remote = remotes.get(i);
            if (remote.port == port && remote.words.low() == low && remote.words.high() == high) {
                return true;
            }
        }
        return false;
    }

    private record Remote(AddressWords words, int port) {
        static Remote of(InetSocketAddress address) {
            InetAddress resolved = address.getAddress();
            if (resolved == null) {
                throw new IllegalArgumentException("not resolved: " + address);
            }
            return new Remote(AddressWords.of(resolved), address.getPort());
        }
    }
}
