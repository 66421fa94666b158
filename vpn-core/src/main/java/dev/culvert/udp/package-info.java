/**
 * UDP sockets and the event loops of the lanes. Netty's channels and loops live here only. The interfaces are the
 * contract of the lanes; each implementation is confined to its loop except where it says otherwise.
 */
@NullMarked
package dev.culvert.udp;

import org.jspecify.annotations.NullMarked;
