package dev.culvert.peers;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a run, with rounds of its own. */
enum Pass {
    /** All traffic over a cable with the kernel's offloads. */
    OFFLOADS("offloads"),
    /**
     * All traffic once more, to count system calls and nothing else: while perf counts them every system call on the
     * machine is dearer, so that whoever makes most would look slower than it is.
     */
    SYSTEM_CALLS("system-calls"),
    /** Over one without them what they matter to most, TCP. */
    NO_OFFLOADS("no-offloads"),
    /** Through idle tunnels. */
    PING("ping");

    private final String id;

    Pass(String id) {
        this.id = id;
    }

    boolean hasOffloads() {
        return this != NO_OFFLOADS;
    }

    /** In {@code --passes}. */
    String id() {
        return id;
    }

    /**
     * @param ids empty for all
     * @throws IllegalArgumentException for a user's mistake, in words for users
     */
    static Set<Pass> of(List<String> ids) {
        Set<Pass> passes = EnumSet.noneOf(Pass.class);
        for (String id : ids) {
            passes.add(Arrays.stream(values())
                    .filter(pass -> pass.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--passes %s: there is none; there are: %s".formatted(id, allIds()))));
        }
        return ids.isEmpty() ? EnumSet.allOf(Pass.class) : passes;
    }

    private static String allIds() {
        return Arrays.stream(values()).map(Pass::id).collect(Collectors.joining(", "));
    }
}
