/**
 * Addresses, headers, the forwarding table and the switch. Pure code over buffers: knows no socket, thread, clock or
 * logger, and knows peers only as an opaque type parameter.
 */
@NullMarked
package dev.culvert.ethernet;

import org.jspecify.annotations.NullMarked;
