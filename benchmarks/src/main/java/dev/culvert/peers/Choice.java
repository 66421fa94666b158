package dev.culvert.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which peers take part: all, or those asked for, and those that are added. */
final class Choice {
    private Choice() {}

    /**
     * @param only words, each in the name of one peer or more; empty for all
     * @param variants of Culvert; they always take part
     * @param added scripts by name; they always take part
     * @throws IllegalArgumentException for a user's mistake, in words for users
     */
    static List<Peer> of(List<Peer> known, List<String> only, List<CulvertVariant> variants, Map<String, Path> added) {
        for (String word : only) {
            if (known.stream().noneMatch(peer -> matches(peer, word))) {
                throw new IllegalArgumentException("--only %s: no peer has that in its name; there are: %s"
                        .formatted(word, known.stream().map(Peer::name).collect(Collectors.joining(", "))));
            }
        }
        List<Peer> chosen = new ArrayList<>(known.stream()
                .filter(peer -> only.isEmpty() || only.stream().anyMatch(word -> matches(peer, word)))
                .toList());
        for (CulvertVariant variant : variants) {
            add(known, chosen, new Culvert(variant), "--culvert " + variant.name());
        }
        added.forEach((name, script) -> add(known, chosen, new ScriptedPeer(name, script), "--add " + name));
        return chosen;
    }

    private static void add(List<Peer> known, List<Peer> chosen, Peer peer, String option) {
        if (Stream.concat(known.stream(), chosen.stream()).anyMatch(each -> isNamed(each, peer.name()))) {
            throw new IllegalArgumentException(
                    "%s: there is a peer of that name already: choose another".formatted(option));
        }
        chosen.add(peer);
    }

    private static boolean isNamed(Peer peer, String name) {
        return peer.name().equalsIgnoreCase(name);
    }

    private static boolean matches(Peer peer, String word) {
        return peer.name().toLowerCase(Locale.ROOT).contains(word.strip().toLowerCase(Locale.ROOT));
    }
}
