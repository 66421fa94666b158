package dev.culvert.tunnel;

import dev.culvert.peer.PeerPath;
import dev.culvert.session.SessionTable;
import dev.culvert.udp.UdpTransport;

/** What a lane is made of; {@link TunnelAssembly} puts it together. */
record LaneParts(
        LaneContext context,
        UdpTransport transport,
        SessionTable<PeerPath> sessions,
        LanePeer[] peers,
        Forwarding forwarding,
        Encapsulator encapsulator,
        OutboundPath outbound,
        InboundPath inbound) {}
