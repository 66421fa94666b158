/** {@code culvert demo}: a scenario in a lab, its steps as they happen, and what it found. */
@NullMarked
package dev.culvert.cli.demo;

import org.jspecify.annotations.NullMarked;
