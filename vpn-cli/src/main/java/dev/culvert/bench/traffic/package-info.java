/**
 * Makes traffic between two hosts of a lab and counts what arrives: a generator of our own, whose sockets and threads
 * belong to this JVM, and iperf3 behind the same interface. Knows nothing of what carries the traffic.
 */
@NullMarked
package dev.culvert.bench.traffic;

import org.jspecify.annotations.NullMarked;
