package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;

/** What the figures say: the answers first, then what they were made of. Every sentence with a number is of this run. */
final class Findings {
    private final Figures figures;
    private final Rows rows;

    Findings(Figures figures, Rows rows) {
        this.figures = figures;
        this.rows = rows;
    }

    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        Attribution attribution = new Attribution(figures);
        sections.add(attribution.directions());
        sections.add(PerByte.section(figures));
        sections.addAll(attribution.parts());
        sections.addAll(new CurveFindings(figures).sections());
        sections.addAll(new ZeroCopyFindings(figures, rows).sections());
        return sections;
    }

    List<String> warnings() {
        return rows.missing();
    }
}
