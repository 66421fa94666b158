/**
 * What becomes of a {@link dev.culvert.bench.result.Report}: text for a terminal, a saved file and back, and what changed
 * between two runs. Pure but for {@link dev.culvert.bench.report.SavedReport}; the page is made in {@code report.html}.
 */
@NullMarked
package dev.culvert.bench.report;

import org.jspecify.annotations.NullMarked;
