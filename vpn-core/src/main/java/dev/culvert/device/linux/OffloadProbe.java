package dev.culvert.device.linux;

import dev.culvert.device.Errno;
import dev.culvert.device.TapOffload;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongToIntFunction;

/**
 * Finds out which offloads the kernel takes, by asking: TUNSETOFFLOAD sets all of its argument or, with EINVAL, changes
 * nothing, and says not which bit it disliked.
 */
final class OffloadProbe {
    private final LongToIntFunction setOffload;
    private final Set<TapOffload> granted = EnumSet.noneOf(TapOffload.class);
    private final Map<TapOffload, String> refused = new EnumMap<>(TapOffload.class);

    /** @param setOffload TUNSETOFFLOAD with this argument; answers 0 or the errno */
    OffloadProbe(LongToIntFunction setOffload) {
        this.setOffload = setOffload;
    }

    /** Asks for each in turn, beside those already granted; what was granted is then set. */
    void ask(Set<TapOffload> wished) {
        for (TapOffload offload : TapOffload.values()) {
            if (wished.contains(offload)) {
                askForOne(offload);
            }
        }
        Set<TapOffload> both = EnumSet.of(TapOffload.USO4, TapOffload.USO6);
        if (refused.keySet().containsAll(both) && tryToAdd(both) == 0) {
            refused.keySet().removeAll(both);
        }
    }

    private void askForOne(TapOffload offload) {
        int errno = tryToAdd(Set.of(offload));
        if (errno != 0) {
            refused.put(offload, reason(offload, errno));
        }
    }

    private int tryToAdd(Set<TapOffload> more) {
        Set<TapOffload> all = EnumSet.copyOf(more);
        all.addAll(granted);
        int errno = setOffload.applyAsInt(flags(all));
        if (errno == 0) {
            granted.addAll(more);
        }
        return errno;
    }

    private String reason(TapOffload offload, int errno) {
        if (offload != TapOffload.CSUM && !granted.contains(TapOffload.CSUM)) {
            return "needs csum";
        }
        if (offload == TapOffload.ECN && !granted.contains(TapOffload.TSO4) && !granted.contains(TapOffload.TSO6)) {
            return "needs tso4 or tso6";
        }
        boolean newer = offload == TapOffload.USO4 || offload == TapOffload.USO6;
        return "the kernel refuses it (TUNSETOFFLOAD: %s)%s"
                .formatted(Errno.name(errno), newer ? "; Linux 6.2 and newer take uso4 together with uso6" : "");
    }

    Set<TapOffload> granted() {
        return granted;
    }

    Map<TapOffload, String> refused() {
        return refused;
    }

    private static long flags(Set<TapOffload> offloads) {
        long flags = 0;
        for (TapOffload offload : offloads) {
            flags |= switch (offload) {
                case CSUM -> IfTun.TUN_F_CSUM;
                case TSO4 -> IfTun.TUN_F_TSO4;
                case TSO6 -> IfTun.TUN_F_TSO6;
                case ECN -> IfTun.TUN_F_TSO_ECN;
                case USO4 -> IfTun.TUN_F_USO4;
                case USO6 -> IfTun.TUN_F_USO6;
            };
        }
        return flags;
    }
}
