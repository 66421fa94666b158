/**
 * The benchmarks, against others that owe them nothing: iperf3, perf, a C program, and whoever presses Ctrl-C. What they
 * write is seen in a real browser.
 */
@NullMarked
package dev.culvert.it.bench;

import org.jspecify.annotations.NullMarked;
