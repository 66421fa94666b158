/**
 * {@code culvert bench crypto}: what a packet costs in each AEAD engine of this machine. One thread, no root, no network.
 */
@NullMarked
package dev.culvert.bench.crypto;

import org.jspecify.annotations.NullMarked;
