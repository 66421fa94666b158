/**
 * Subjects that carry frames between two hosts of a lab, the same traffic through each, in interleaved rounds: what
 * {@code bench loopback} and the peers harness have in common. Blocking; one thread at a time.
 */
@NullMarked
package dev.culvert.bench.contest;

import org.jspecify.annotations.NullMarked;
