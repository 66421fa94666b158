package dev.culvert.peers;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A tunnel, or what stands in for one, that can be put into a {@link Place}: how it is configured and started. */
interface Peer {
    /** In tables, and in {@code --only}. */
    String name();

    /** What has to be installed. */
    default List<String> programs() {
        return List.of();
    }

    /** The command that says which release this is, on its first line; none for what is part of the kernel or of Culvert. */
    default Optional<List<String>> versionCommand() {
        return Optional.empty();
    }

    /** Starts both ends. They need not be connected when this returns. */
    RunningPeer start(Place place) throws IOException;

    /** Waits until the tunnel has found out what it needs to run at full speed; frames pass already. */
    default void awaitSettled(RunningPeer running) throws IOException {}
}
