package dev.culvert.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Which peers take part: all, or those asked for, and those that scripts add. */
final class Choice {
    private Choice() {}

    /**
     * @param only words, each in the name of one peer or more; empty for all
     * @throws IllegalArgumentException for a user's mistake, in words for users
     * @param added scripts by name; they always take part
     */
    static List<Peer> of(List<Peer> known, List<String> only, Map<String, Path> added) {
        for (String word : only) {
            if (known.stream().noneMatch(peer -> matches(peer, word))) {
                throw new IllegalArgumentException("--only %s: no peer has that in its name; there are: %s"
                        .formatted(word, known.stream().map(Peer::name).collect(Collectors.joining(", "))));
            }
        }
        List<Peer> chosen = new ArrayList<>(known.stream()
                .filter(peer -> only.isEmpty() || only.stream().anyMatch(word -> matches(peer, word)))
                .toList());
        for (Map.Entry<String, Path> script : added.entrySet()) {
            if (known.stream().anyMatch(peer -> peer.name().equalsIgnoreCase(script.getKey()))) {
                throw new IllegalArgumentException(
                        "--add %s: there is a peer of that name already: choose another".formatted(script.getKey()));
            }
            chosen.add(new ScriptedPeer(script.getKey(), script.getValue()));
        }
        return chosen;
    }

    private static boolean matches(Peer peer, String word) {
        return peer.name().toLowerCase(Locale.ROOT).contains(word.strip().toLowerCase(Locale.ROOT));
    }
}
