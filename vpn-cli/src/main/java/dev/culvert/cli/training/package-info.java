/** What the JVM is shown once after a build, so that it knows the paths of frames when a tunnel starts (JEP 515). */
@NullMarked
package dev.culvert.cli.training;

import org.jspecify.annotations.NullMarked;
