package dev.culvert.tunnel;

import dev.culvert.peer.PeerPath;
import dev.culvert.session.SessionTable;
import dev.culvert.udp.UdpTransport;
import java.util.List;

/** What a lane is made of; {@link TunnelAssembly} puts it together. */
record LaneParts(
        LaneContext context,
        UdpTransport transport,
        SessionTable<PeerPath> sessions,
        List<LanePeer> peers,
        Forwarding forwarding,
        Encapsulator encapsulator,
        OutboundPath outbound,
        InboundPath inbound) {}
