/**
 * The system calls that datagrams cost, through {@code java.lang.foreign}; 64-bit Linux only. Knows a descriptor and
 * addresses of memory, and nothing of loops, queues or who owns the memory. Allocates nothing per call.
 */
@NullMarked
package dev.culvert.udp.io;

import org.jspecify.annotations.NullMarked;
