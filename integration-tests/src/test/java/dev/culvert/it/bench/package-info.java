/** The benchmarks, against others that owe them nothing: iperf3, perf, a C program, and whoever presses Ctrl-C. */
@NullMarked
package dev.culvert.it.bench;

import org.jspecify.annotations.NullMarked;
