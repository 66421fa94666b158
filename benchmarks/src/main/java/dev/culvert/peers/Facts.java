package dev.culvert.peers;

import dev.culvert.bench.contest.Generator;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reader must know of a run besides the machine: releases, MTUs, offloads. */
final class Facts {
    private Facts() {}

    static Map<String, String> of(Gathering gathering, List<Peer> peers, Generator generator) throws LabException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("traffic", generator.name());
        facts.put("MTU", "%d in every tunnel, 1500 on the cable".formatted(Place.MTU));
        facts.put("offloads of the veth", "gso, tso, tx-udp-segmentation and gro all on; all off in the second pass");
        for (Peer peer : peers) {
            Optional<List<String>> command = peer.versionCommand();
            if (command.isPresent()) {
                facts.put(command.get().getFirst(), firstLine(gathering.one(), command.get()));
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
