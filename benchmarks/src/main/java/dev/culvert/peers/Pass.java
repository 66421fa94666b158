package dev.culvert.peers;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a run, with rounds of its own. */
enum Pass {
    /** All traffic over a cable with the kernel's offloads. */
    OFFLOADS("offloads", "", ""),
    /**
     * All traffic once more, to count system calls and nothing else: while perf counts them every system call on the
     * machine is dearer, so that whoever makes most would look slower than it is.
     */
    SYSTEM_CALLS("system-calls", "", ""),
    /** Over a cable without offloads what they matter to most, TCP. */
    NO_OFFLOADS("no-offloads", "-without-offloads", ", veth without offloads"),
    /** As that, over a cable that loses packets; only where it is asked for. */
    LOSS("loss", "-with-loss", ", veth without offloads that loses 1 %"),
    /** Through idle tunnels. */
    PING("ping", "", "");

    private final String id;
    private final String suffix;
    private final String mark;

    Pass(String id, String suffix, String mark) {
        this.id = id;
        this.suffix = suffix;
        this.mark = mark;
    }

    boolean hasOffloads() {
        return this != NO_OFFLOADS && this != LOSS;
    }

    /** In {@code --passes}. */
    String id() {
        return id;
    }

    /** Whether its sections have to be told from those of {@link #OFFLOADS}. */
    boolean isMarked() {
        return !suffix.isEmpty();
    }

    /** Of the ids of its sections. */
    String suffix() {
        return suffix;
    }

    /** At the end of the titles of its sections. */
    String mark() {
        return mark;
    }

    static String markOf(String sectionId) {
        return Arrays.stream(values())
                .filter(pass -> pass.isMarked() && sectionId.endsWith(pass.suffix))
                .map(Pass::mark)
                .findFirst()
                .orElse("");
    }

    /**
     * @param ids empty for all but {@link #LOSS}
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
        return ids.isEmpty() ? EnumSet.complementOf(EnumSet.of(LOSS)) : passes;
    }

    private static String allIds() {
        return Arrays.stream(values()).map(Pass::id).collect(Collectors.joining(", "));
    }
}
