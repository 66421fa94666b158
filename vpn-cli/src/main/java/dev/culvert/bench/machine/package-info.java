/**
 * The machine that a benchmark runs on: what it is, what its processors did meanwhile, and how much of that was the work
 * of which process. Reads /proc and the processes' own clocks; measures nothing by itself.
 */
@NullMarked
package dev.culvert.bench.machine;

import org.jspecify.annotations.NullMarked;
