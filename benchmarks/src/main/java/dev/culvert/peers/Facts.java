package dev.culvert.peers;

import dev.culvert.bench.contest.Generator;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reader must know of a run besides the machine: releases, MTUs, offloads, what each Culvert runs with. */
final class Facts {
    private Facts() {}

    static Map<String, String> of(Gathering gathering, List<Peer> peers, Generator generator) throws LabException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("traffic", generator.name());
        facts.put("MTU", "%d in every tunnel but where told otherwise, 1500 on the cable".formatted(gathering.mtu()));
        facts.put("offloads of the veth", "gso, tso, tx-udp-segmentation and gro all on; all off where it says so");
        for (Peer peer : peers) {
            Optional<List<String>> command = peer.versionCommand();
            if (command.isPresent()) {
                facts.put(command.get().getFirst(), firstLine(gathering.one(), command.get()));
            }
        }
        for (RunningPeer peer : gathering.running()) {
            if (peer.culvert().isPresent()) {
                facts.put(peer.name() + ", as measured", peer.culvert().get().facts());
            }
        }
        return facts;
    }

    private static String firstLine(LabHost host, List<String> command) throws LabException {
        return host.run(command.toArray(String[]::new))
                .output()
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> line.replaceAll(" \\[.*", "")) // of OpenVPN's, what it was built with
                .orElse("unknown");
    }
}
