/** Functions of the C library that are called for every frame, by {@code java.lang.foreign}. A leaf. */
@NullMarked
package dev.culvert.libc;

import org.jspecify.annotations.NullMarked;
