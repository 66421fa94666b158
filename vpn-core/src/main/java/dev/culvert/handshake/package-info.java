/**
 * WireGuard's handshake: initiations, responses, cookies, and the limits that keep strangers from making us compute.
 * Bytes and time in, outcomes out; knows no session, no socket, no clock. Confined to the control loop, except
 * {@link dev.culvert.handshake.Mac1Check}, of which every lane has its own.
 */
@NullMarked
package dev.culvert.handshake;

import org.jspecify.annotations.NullMarked;
