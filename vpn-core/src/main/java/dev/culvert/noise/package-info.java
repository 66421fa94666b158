/**
 * The handshake pattern IKpsk2 of the Noise protocol framework, message by message, as the two roles see it. Knows no
 * WireGuard message, no peer, no time. Everything a message changes is computed on a copy first: a forged one leaves no
 * trace. Not thread safe.
 */
@NullMarked
package dev.culvert.noise;

import org.jspecify.annotations.NullMarked;
