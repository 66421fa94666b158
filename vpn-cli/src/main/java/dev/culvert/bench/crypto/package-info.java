/**
 * {@code culvert bench crypto}: what a packet costs in each AEAD engine of this machine. A process for each engine in each
 * round; one thread measures. No root, no network.
 */
@NullMarked
package dev.culvert.bench.crypto;

import org.jspecify.annotations.NullMarked;
