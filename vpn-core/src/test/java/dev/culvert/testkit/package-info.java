/** Fakes of the tunnel's surroundings (clock, TAP, network), shared with the tests of every module as a test-jar. */
@NullMarked
package dev.culvert.testkit;

import org.jspecify.annotations.NullMarked;
