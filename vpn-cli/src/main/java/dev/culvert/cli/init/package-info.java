/** Matching configurations for the two ends of a tunnel, with their keys, ready to copy. Never overwrites a file. */
@NullMarked
package dev.culvert.cli.init;

import org.jspecify.annotations.NullMarked;
