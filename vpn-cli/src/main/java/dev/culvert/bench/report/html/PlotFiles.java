package dev.culvert.bench.report.html;

import dev.culvert.bench.report.OutputFile;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Section;
import java.io.IOException;
import java.nio.file.Path;

/** The plots of a report, each in a file of its own: for documents that cannot hold a page. */
public final class PlotFiles {
    private static final String PAPER = "<rect width=\"100%\" height=\"100%\" fill=\"var(--paper)\"/>";

    private PlotFiles() {}

    /**
     * Writes {@code ID.svg} for each section into {@code folder}, which must be there.
     *
     * @throws IOException when it cannot be written
     */
    public static void write(Path folder, Report report) throws IOException {
        for (Section section : report.sections()) {
            OutputFile.write(folder.resolve(section.id() + ".svg"), standalone(Plot.of(section)));
        }
    }

    private static String standalone(String svg) {
        int end = svg.indexOf('>') + 1;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\""
                + svg.substring("<svg".length(), end)
                + "<style>" + PageStyle.CSS + "</style>" + PAPER
                + svg.substring(end)
                + "\n";
    }
}
