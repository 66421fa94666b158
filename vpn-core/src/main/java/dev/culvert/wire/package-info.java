/**
 * The layout of messages (docs/protocol.md): offsets, types, lengths, and what a transport message carries inside.
 * Knows bytes only: no keys, no state, no I/O. Static and stateless, so callable from any thread.
 */
@NullMarked
package dev.culvert.wire;

import org.jspecify.annotations.NullMarked;
