package dev.culvert.peers;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabProcess;
import dev.culvert.peers.Place.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tunnel that is not in the list, brought by a script ({@code --add NAME=SCRIPT}; benchmarks/README.md documents
 * its environment). It runs once inside each host, makes the device with its address and MTU, and stays in the foreground
 * until SIGTERM; its CPU time and that of its children is the tunnel's.
 */
final class ScriptedPeer implements Peer {
    private final String name;
    private final Path script;

    ScriptedPeer(String name, Path script) {
        this.name = name;
        this.script = script.toAbsolutePath();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunningPeer start(Place place) throws IOException {
        if (!Files.isExecutable(script)) {
            throw new LabException(
                    "%s: %s is not an executable file: chmod +x it, or correct --add".formatted(name, script));
        }
        List<LabProcess> ends = new ArrayList<>();
        for (End end : place.ends()) {
            ends.add(end.host().start(command(end)));
        }
        return RunningPeer.tunnel(name, place, ends);
    }

    private String[] command(End end) throws IOException {
        Path scratch = Files.createDirectories(end.file("scratch"));
        List<String> command = new ArrayList<>(List.of("env"));
        command.add("PEER_SIDE=" + end.side());
        command.add("PEER_NAMESPACE=" + end.host().namespace());
        command.add("PEER_FAR_NAMESPACE=" + end.far().host().namespace());
        command.add("PEER_DEVICE=" + end.device());
        command.add("PEER_ADDRESS=" + end.address() + "/24");
        command.add("PEER_FAR_ADDRESS=" + end.far().address() + "/24");
        command.add("PEER_MTU=" + end.place().mtu());
        command.add("PEER_UNDERLAY=" + end.underlay());
        command.add("PEER_FAR_UNDERLAY=" + end.far().underlay());
        command.add("PEER_PORT=" + end.port());
        command.add("PEER_FOLDER=" + scratch);
        command.add("PEER_SHARED_FOLDER=" + end.place().folder());
        command.add(script.toString());
        return command.toArray(String[]::new);
    }
}
