/**
 * Counters of frames, datagrams and drops, and the ledger that proves that none is missing. A leaf: knows no other
 * package. Each {@link dev.culvert.metrics.Counters} has one writing thread; any thread may read.
 */
@NullMarked
package dev.culvert.metrics;

import org.jspecify.annotations.NullMarked;
