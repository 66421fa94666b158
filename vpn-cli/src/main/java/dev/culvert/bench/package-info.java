/**
 * {@code culvert bench}: measures what crossings, ciphers and tunnels cost on this machine. A package for each benchmark,
 * {@code bench.result} for what they find out, {@code bench.contest} for what measures several tunnels side by side.
 */
@NullMarked
package dev.culvert.bench;

import org.jspecify.annotations.NullMarked;
