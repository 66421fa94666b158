package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Comparison;
import dev.culvert.bench.report.ComparisonRemarks;
import dev.culvert.bench.report.ComparisonTables;
import dev.culvert.bench.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a page says about another run: the judgement, then each section to be unfolded; what got worse is unfolded already. */
final class ComparisonPart {
    private static final String WORSE = "worse";
    /** Not worth a word before anything is unfolded. */
    private static final Set<String> QUIET = Set.of("same", "yardstick");

    private final Comparison comparison;
    private final Markup out;

    ComparisonPart(Comparison comparison, Markup out) {
        this.comparison = comparison;
        this.out = out;
    }

    void write(String id, String title) {
        out.open("section", "id", id)
                .leaf("h2", title)
                .leaf("p", comparison.summary(), "class", comparison.isWorse() ? WORSE : "better");
        ComparisonRemarks.of(comparison).forEach(remark -> out.leaf("p", remark, "class", "explanation"));
        Page.warnings(comparison.warnings(), out);
        ComparisonTables.of(comparison).forEach(this::table);
        out.close("section").line();
    }

    private void table(String title, Table table) {
        Map<String, Integer> verdicts = new LinkedHashMap<>();
        table.rows().stream().map(List::getLast).forEach(each -> verdicts.merge(each, 1, Integer::sum));
        verdicts.keySet().removeAll(QUIET);
        out.open("details", verdicts.containsKey(WORSE) ? new Object[] {"open", "open"} : new Object[0])
                .open("summary")
                .text(title);
        if (!verdicts.isEmpty()) {
            out.text(": ")
                    .leaf(
                            "b",
                            verdicts.entrySet().stream()
                                    .map(each -> each.getValue() + " " + each.getKey())
                                    .collect(Collectors.joining(", ")),
                            "class",
                            verdicts.containsKey(WORSE) ? WORSE : "soft");
        }
        out.close("summary");
        PageTable.write(table, title, out);
        out.close("details");
    }
}
