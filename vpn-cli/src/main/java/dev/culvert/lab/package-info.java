/**
 * A laboratory on one machine: hosts that are network namespaces, links between them, programs and traffic in them.
 * Needs root and {@code ip}. Touches nothing outside the namespaces it makes, and leaves nothing behind. Calls
 * block, each for a bounded time; a lab may be closed from any thread.
 */
@NullMarked
package dev.culvert.lab;

import org.jspecify.annotations.NullMarked;
