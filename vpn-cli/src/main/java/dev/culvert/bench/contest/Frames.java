package dev.culvert.bench.contest;

/** How many frames a payload fills, as {@link Measurement} counts them. */
final class Frames {
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;
    private static final int TCP_TIMESTAMPS = 12; // in every segment: Linux asks for them by default
    private static final int FRAGMENT_UNIT = 8; // RFC 791: offsets count these

    private Frames() {}

    static double of(Workload workload, Carried carried, int mtu) {
        return switch (workload) {
            case Workload.TcpStreams _ ->
                (double) carried.payloadBytes() / (mtu - IPV4_HEADER - TCP_HEADER - TCP_TIMESTAMPS);
            case Workload.UdpRate udp -> carried.arrivedPackets() * perDatagram(udp.payloadBytes(), mtu);
            case Workload.RequestResponse request ->
                2.0 * carried.arrivedPackets() * perDatagram(request.payloadBytes(), mtu);
        };
    }

    private static double perDatagram(int payloadBytes, int mtu) {
        int bytes = payloadBytes + UDP_HEADER;
        int room = mtu - IPV4_HEADER;
        return bytes <= room ? 1 : Math.ceilDiv(bytes, room / FRAGMENT_UNIT * FRAGMENT_UNIT);
    }
}
