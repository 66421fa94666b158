/**
 * Established sessions: sealing, opening, counters, the replay window, and the slots sessions move through. Bytes and
 * time in, verdicts out; knows no socket, thread, clock or logger, and nothing of handshakes.
 */
@NullMarked
package dev.culvert.session;

import org.jspecify.annotations.NullMarked;
