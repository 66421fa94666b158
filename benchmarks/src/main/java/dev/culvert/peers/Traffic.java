package dev.culvert.peers;

import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.contest.Workload.RequestResponse;
import dev.culvert.bench.contest.Workload.TcpStreams;
import dev.culvert.bench.contest.Workload.UdpRate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is sent through every peer, in either pass. */
record Traffic(List<Workload> withOffloads, List<Workload> withoutOffloads) {
    /** A datagram of 1400 bytes, headers included, which fits the MTU of every tunnel; one with 1400 of payload would not. */
    private static final int LARGE_PAYLOAD_BYTES = 1400 - 28;

    private static final int SMALL_PAYLOAD_BYTES = 64;
    /** Datagrams a second; 0 as many as can be made. */
    private static final int[] RATES = {20_000, 60_000, 0};

    private static final List<Workload> TCP = List.of(
            new TcpStreams(1, false), new TcpStreams(1, true), new TcpStreams(4, false), new TcpStreams(4, true));

    static Traffic everything() {
        List<Workload> workloads = new ArrayList<>(TCP);
        for (int payloadBytes : new int[] {SMALL_PAYLOAD_BYTES, LARGE_PAYLOAD_BYTES}) {
            for (int rate : RATES) {
                workloads.add(new UdpRate(payloadBytes, rate));
            }
        }
        workloads.add(new RequestResponse(SMALL_PAYLOAD_BYTES));
        return new Traffic(List.copyOf(workloads), TCP);
    }

    /**
     * @param words each the beginning of the id of one workload or more; empty for everything
     * @throws IllegalArgumentException for a user's mistake, in words for users
     */
    static Traffic of(List<String> words) {
        Traffic all = everything();
        for (String word : words) {
            if (all.withOffloads.stream().noneMatch(workload -> workload.id().startsWith(word))) {
                throw new IllegalArgumentException("--workloads %s: none begins so; there are: %s"
                        .formatted(
                                word,
                                all.withOffloads.stream().map(Workload::id).collect(Collectors.joining(", "))));
            }
        }
        Predicate<Workload> chosen =
                workload -> words.isEmpty() || words.stream().anyMatch(workload.id()::startsWith);
        return new Traffic(
                all.withOffloads.stream().filter(chosen).toList(),
                all.withoutOffloads.stream().filter(chosen).toList());
    }

    /** Measurements of one peer in one round. */
    int size() {
        return withOffloads.size() + withoutOffloads.size();
    }
}
