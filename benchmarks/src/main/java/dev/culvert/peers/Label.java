package dev.culvert.peers;

import dev.culvert.bench.contest.Workload;
import java.util.Comparator;
import java.util.Locale;

/**
 * What a workload is called in a table.
 *
 * @param column short: its kind stands above the table
 */
record Label(Kind kind, String column) {
    /** What is worth a table of its own. */
    record Kind(String text) {}

    private static final String BETWEEN = ": ";

    /**
     * @param sectionId begins with the id of a workload
     * @param title of the section, which says it all where it is of none of them
     */
    static Label of(Traffic traffic, String sectionId, String title) {
        return traffic.workloads().stream()
                .filter(workload -> sectionId.equals(workload.id()) || sectionId.startsWith(workload.id() + "-"))
                .max(Comparator.comparingInt(workload -> workload.id().length())) // tcp-1-reverse, not tcp-1
                .map(Label::of)
                .orElseGet(() -> ofTitle(title));
    }

    private static Label ofTitle(String title) {
        int end = title.indexOf(BETWEEN);
        return end < 0
                ? new Label(new Kind(title), "")
                : new Label(new Kind(title.substring(0, end)), title.substring(end + BETWEEN.length()));
    }

    private static Label of(Workload workload) {
        return switch (workload) {
            case Workload.TcpStreams tcp ->
                new Label(
                        new Kind("TCP"),
                        "%d stream%s%s"
                                .formatted(tcp.streams(), tcp.streams() == 1 ? "" : "s", tcp.reverse() ? " back" : ""));
            case Workload.UdpRate udp ->
                new Label(
                        new Kind("UDP, payload of %d bytes".formatted(udp.payloadBytes())),
                        udp.packetsPerSecond() == 0
                                ? "flood"
                                : String.format(Locale.ROOT, "%,d/s offered", udp.packetsPerSecond()));
            case Workload.RequestResponse request ->
                new Label(
                        new Kind("Request and response, payload of %d bytes".formatted(request.payloadBytes())),
                        "one at a time");
        };
    }
}
