/**
 * Keys, hashes, key agreement and the AEAD engines. Knows no socket, thread, clock or logger; the only package that
 * touches Bouncy Castle, {@code javax.crypto} and {@code SecureRandom}.
 */
@NullMarked
package dev.culvert.crypto;

import org.jspecify.annotations.NullMarked;
