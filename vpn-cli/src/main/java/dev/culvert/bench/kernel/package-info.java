/**
 * The native calls of the measuring tool itself, through {@code java.lang.foreign}: the only way to the kernel that is
 * cheap enough not to be what is measured. Addresses travel as {@code long}; no foreign type leaves this package. For one
 * measuring thread at a time.
 */
@NullMarked
package dev.culvert.bench.kernel;

import org.jspecify.annotations.NullMarked;
