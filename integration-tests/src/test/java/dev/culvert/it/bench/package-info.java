/** The benchmarks, judged by others: iperf3, perf, and whoever presses Ctrl-C. */
@NullMarked
package dev.culvert.it.bench;

import org.jspecify.annotations.NullMarked;
