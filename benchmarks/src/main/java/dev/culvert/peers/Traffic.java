package dev.culvert.peers;

import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.contest.Workload.RequestResponse;
import dev.culvert.bench.contest.Workload.TcpStreams;
import dev.culvert.bench.contest.Workload.UdpRate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is sent through every peer. */
record Traffic(List<Workload> workloads) {
    /** A datagram of 1400 bytes, headers included, which fits the MTU of every tunnel; one with 1400 of payload would not. */
    private static final int LARGE_PAYLOAD_BYTES = 1400 - 28;

    private static final int SMALL_PAYLOAD_BYTES = 64;

    private static final List<Workload> TCP = List.of(
            new TcpStreams(1, false), new TcpStreams(1, true), new TcpStreams(4, false), new TcpStreams(4, true));

    Traffic {
        workloads = List.copyOf(workloads);
    }

    /** @param rates of UDP, datagrams a second; 0 for as many as can be made */
    static Traffic everything(List<Integer> rates) {
        List<Workload> workloads = new ArrayList<>(TCP);
        for (int payloadBytes : new int[] {SMALL_PAYLOAD_BYTES, LARGE_PAYLOAD_BYTES}) {
            for (int rate : rates) {
                workloads.add(new UdpRate(payloadBytes, rate));
            }
        }
        workloads.add(new RequestResponse(SMALL_PAYLOAD_BYTES));
        return new Traffic(workloads);
    }

    /**
     * @param words each the beginning of the id of one workload or more; empty for all of them
     * @throws IllegalArgumentException for a user's mistake, in words for users
     */
    Traffic chosen(List<String> words) {
        for (String word : words) {
            if (workloads.stream().noneMatch(workload -> workload.id().startsWith(word))) {
                throw new IllegalArgumentException("--workloads %s: none begins so; there are: %s"
                        .formatted(word, workloads.stream().map(Workload::id).collect(Collectors.joining(", "))));
            }
        }
        return new Traffic(workloads.stream()
                .filter(workload -> words.isEmpty() || words.stream().anyMatch(workload.id()::startsWith))
                .toList());
    }

    /** Of these. */
    List<Workload> tcp() {
        return workloads.stream().filter(TCP::contains).toList();
    }
}
