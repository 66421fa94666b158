/**
 * A report as one page that needs nothing else: HTML with its style, plots as SVG drawn here. No script, no request.
 * Pure: a report comes in, text goes out.
 */
@NullMarked
package dev.culvert.bench.report.html;

import org.jspecify.annotations.NullMarked;
