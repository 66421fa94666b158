/**
 * Makes and configures TAP and TUN devices, and visits network namespaces; 64-bit Linux only. JNA lives here only:
 * these calls are made once. Everything happens in the network namespace of the calling thread; no external program
 * runs.
 */
@NullMarked
package dev.culvert.device.linux;

import org.jspecify.annotations.NullMarked;
