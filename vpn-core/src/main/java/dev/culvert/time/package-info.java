/** The clocks of the tunnel, passed in everywhere so that tests can hold them still. A leaf: knows no other package. */
@NullMarked
package dev.culvert.time;

import org.jspecify.annotations.NullMarked;
