/**
 * {@code culvert bench crossing}: what it costs to carry a frame between user space and the kernel, each way alone, and
 * what part of that is the crossing, the copy, and the kernel's own network stack. One thread measures.
 */
@NullMarked
package dev.culvert.bench.crossing;

import org.jspecify.annotations.NullMarked;
