/**
 * The few functions of Intel's multi-buffer library (libIPSec_MB) that AES-256-GCM needs, called through
 * {@code java.lang.foreign} because they are called for every frame. Knows addresses and lengths, no buffers and no
 * session: {@code dev.culvert.crypto} checks every range before it comes here. One thread at a time for each key.
 *
 * <p>Only these functions: the library's ChaCha20 reads out of bounds in version 1.3, and its manager would tie us to
 * the layout of its structures.
 */
@NullMarked
package dev.culvert.crypto.ipsecmb;

import org.jspecify.annotations.NullMarked;
