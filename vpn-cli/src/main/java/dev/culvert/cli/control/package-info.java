/**
 * The control socket of a running tunnel: one line of JSON asks, one line answers. The server runs on threads of its own
 * inside {@code culvert up} and expects garbage; clients are the other commands. The only package that knows Jackson.
 */
@NullMarked
package dev.culvert.cli.control;

import org.jspecify.annotations.NullMarked;
