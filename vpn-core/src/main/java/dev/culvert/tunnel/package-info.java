/**
 * The running tunnel: lanes, the control loop, and the paths of a frame between them. Joins all other packages;
 * none of them imports this one.
 */
@NullMarked
package dev.culvert.tunnel;

import org.jspecify.annotations.NullMarked;
