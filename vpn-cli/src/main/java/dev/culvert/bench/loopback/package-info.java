/**
 * {@code culvert bench loopback}: a bare cable, plain TAP loopbacks, the steps from there to the tunnel, and the tunnel,
 * all between the same two hosts. The carriers in between are for measuring alone: no tunnel can reach them.
 */
@NullMarked
package dev.culvert.bench.loopback;

import org.jspecify.annotations.NullMarked;
