package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.Contest;
import dev.culvert.bench.contest.Workload;
import java.util.List;

/**
 * What {@code bench loopback} is asked for.
 *
 * @param mtu of the devices that carry the inner frames; the cable's is larger by what a tunnel adds
 * @param iperf3 makes the traffic instead of our own generator
 */
public record LoopbackSettings(Contest.Settings contest, List<Workload> workloads, int mtu, boolean iperf3) {
    /** What "auto" is in a configuration, in tap mode. */
    public static final int AUTO_MTU = 1404;

    /** IPv6, UDP, WireGuard, EtherIP, Ethernet: 40 + 8 + 32 + 2 + 14. */
    static final int TUNNEL_OVERHEAD_BYTES = 96;

    static final int REQUEST_BYTES = 64;
    static final int SMALL_BYTES = 64;

    /** TCP in one and in four streams, small datagrams at a rate, and one at a time. */
    public static List<Workload> workloads(int packetsPerSecond) {
        return List.of(
                new Workload.TcpStreams(1, false),
                new Workload.TcpStreams(4, false),
                new Workload.UdpRate(SMALL_BYTES, packetsPerSecond),
                new Workload.RequestResponse(REQUEST_BYTES));
    }

    int cableMtu() {
        return mtu + TUNNEL_OVERHEAD_BYTES;
    }
}
