package dev.culvert.bench.live;

import dev.culvert.bench.live.Requests.Verdict;
import dev.culvert.tunnel.TunnelStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a reader of the figures of a live tunnel must know. */
final class LiveWarnings {
    /** Of the rate that was asked for. */
    private static final double FULL_RATE = 0.95;

    private LiveWarnings() {}

    static List<String> of(TunnelStatus before, TunnelStatus after, List<LiveFigures> figures) {
        List<String> warnings = new ArrayList<>();
        after.drops()
                .forEach((reason, count) -> addIfAny(
                        warnings,
                        count - before.drops().getOrDefault(reason, 0L),
                        after.name() + " dropped %d during the run: " + reason));
        String lossy = figures.stream()
                .filter(LiveFigures::isLossy)
                .map(LiveFigures::name)
                .collect(Collectors.joining(", "));
        if (!lossy.isEmpty()) {
            warnings.add("replies were missing (" + lossy
                    + "): lost on the way, late, or the far side limits the ICMP it answers");
        }
        String heldBack = figures.stream()
                .filter(each -> each.shareOfRate() < FULL_RATE)
                .map(each -> "%s: %.0f %%".formatted(each.name(), 100 * each.shareOfRate()))
                .collect(Collectors.joining(", "));
        if (!heldBack.isEmpty()) {
            warnings.add("less was sent than asked for (" + heldBack + "): this machine was busy, or refused it");
        }
        if (!figures.stream().allMatch(LiveFigures::hasCpu)) {
            warnings.add(
                    "CPU time is left out: seen from here, process %d does not hold %s (another process namespace?)"
                            .formatted(before.processId(), before.name()));
        }
        warnings.addAll(
                ofStretches(figures.stream().flatMap(LiveFigures::stretches).toList()));
        return warnings;
    }

    /** What came besides echoes. */
    static List<String> ofStretches(List<Stretch> stretches) {
        List<String> warnings = new ArrayList<>();
        Map<String, Long> refusals = new TreeMap<>();
        stretches.forEach(each -> each.refusals().forEach((reason, count) -> refusals.merge(reason, count, Long::sum)));
        refusals.forEach((reason, count) ->
                addIfAny(warnings, count, "%d requests were refused, by this machine or by an ICMP error: " + reason));
        addIfAny(
                warnings,
                count(stretches, Verdict.UNFIT),
                "%d replies were no echo of a request (not asked for, changed or cut) and do not count");
        addIfAny(
                warnings,
                count(stretches, Verdict.LATE),
                "%d replies came later than a second after their request, which counts as lost");
        addIfAny(
                warnings,
                count(stretches, Verdict.REPEATED),
                "%d replies came once more: something on the way duplicates");
        addIfAny(
                warnings,
                stretches.stream().mapToLong(Stretch::overrun).sum(),
                "%d messages came faster than this end took them: so much of the loss may be its own");
        return warnings;
    }

    private static long count(List<Stretch> stretches, Verdict verdict) {
        return stretches.stream().mapToLong(each -> each.count(verdict)).sum();
    }

    private static void addIfAny(List<String> warnings, long count, String sentence) {
        if (count > 0) {
            warnings.add(sentence.formatted(count));
        }
    }
}
