/** What {@code culvert bench} writes, seen by those who read it: a real browser. */
@NullMarked
package dev.culvert.it.bench;

import org.jspecify.annotations.NullMarked;
