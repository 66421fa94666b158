package dev.culvert.bench.contest;

/** What is sent through every subject, the same for each. */
public sealed interface Workload {
    /** In keys: {@code tcp-4-reverse}, {@code udp-64-60k}, {@code request-response}. */
    String id();

    /** @param reverse from the second host to the first */
    record TcpStreams(int streams, boolean reverse) implements Workload {
        @Override
        public String id() {
            return "tcp-" + streams + (reverse ? "-reverse" : "");
        }
    }

    /**
     * @param payloadBytes of UDP
     * @param packetsPerSecond offered; 0 as many as the generator can make
     */
    record UdpRate(int payloadBytes, int packetsPerSecond) implements Workload {
        @Override
        public String id() {
            return "udp-" + payloadBytes + (packetsPerSecond == 0 ? "-flood" : "-" + packetsPerSecond);
        }
    }

    /** One small UDP packet at a time, answered by the far side: latency of an idle path. */
    record RequestResponse(int payloadBytes) implements Workload {
        @Override
        public String id() {
            return "request-response-" + payloadBytes;
        }
    }
}
