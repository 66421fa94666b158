/**
 * {@code culvert bench live}: latency, loss and what a running tunnel carries within a cap, by echo requests that the far
 * side's kernel answers. Changes nothing about the tunnel and needs nothing on the far side.
 */
@NullMarked
package dev.culvert.bench.live;

import org.jspecify.annotations.NullMarked;
