/** Culvert beside other tunnels, on the same hosts in the same run. Whole processes and real devices; no JMH. */
@NullMarked
package dev.culvert.peers;

import org.jspecify.annotations.NullMarked;
