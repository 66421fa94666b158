/** Status for people: text in, terminal out. Pure functions of a status and the time of day. */
@NullMarked
package dev.culvert.cli.render;

import org.jspecify.annotations.NullMarked;
