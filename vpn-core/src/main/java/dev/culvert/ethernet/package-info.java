/**
 * Addresses, headers, the forwarding table and the switch. Pure code over buffers: knows no socket, thread, clock or
 * logger, and knows peers only as an opaque type parameter. Whatever decides about frames is confined to the thread of
 * its lane; the forwarding table is shared by lanes and thread safe; values and what is called immutable may be read by any.
 */
@NullMarked
package dev.culvert.ethernet;

import org.jspecify.annotations.NullMarked;
