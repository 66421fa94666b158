/**
 * The system calls that a frame costs, through {@code java.lang.foreign}; 64-bit Linux only. Knows a descriptor and a
 * buffer, and nothing of how devices are made. Allocates nothing per call.
 */
@NullMarked
package dev.culvert.device.io;

import org.jspecify.annotations.NullMarked;
