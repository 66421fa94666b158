package dev.culvert.bench.contest;

import java.util.Locale;

/** What is sent through every subject, the same for each. */
public sealed interface Workload {
    /** In keys: {@code tcp-4-reverse}, {@code udp-64-60000}, {@code request-response-64}. */
    String id();

    /** For people: {@code TCP, 4 streams back}. */
    String title();

    /** @param reverse from the second host to the first */
    record TcpStreams(int streams, boolean reverse) implements Workload {
        @Override
        public String id() {
            return "tcp-" + streams + (reverse ? "-reverse" : "");
        }

        @Override
        public String title() {
            return "TCP, %d %s%s".formatted(streams, streams == 1 ? "stream" : "streams", reverse ? " back" : "");
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

        @Override
        public String title() {
            String rate = packetsPerSecond == 0
                    ? "as many as can be sent"
                    : String.format(Locale.ROOT, "%,d a second", packetsPerSecond);
            return "UDP, %d bytes, %s".formatted(payloadBytes, rate);
        }
    }

    /** One small UDP packet at a time, answered by the far side: latency of an idle path. */
    record RequestResponse(int payloadBytes) implements Workload {
        @Override
        public String id() {
            return "request-response-" + payloadBytes;
        }

        @Override
        public String title() {
            return "request and response, %d bytes".formatted(payloadBytes);
        }
    }
}
