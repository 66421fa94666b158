/**
 * The few functions of OpenSSL's libcrypto 3 that an AEAD needs, called through {@code java.lang.foreign} because they
 * are called for every frame. Knows addresses and lengths, no buffers and no session: {@code dev.culvert.crypto} checks
 * every range before it comes here. One thread at a time for each context.
 */
@NullMarked
package dev.culvert.crypto.openssl;

import org.jspecify.annotations.NullMarked;
