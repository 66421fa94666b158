/**
 * The {@code culvert} command: one class a command, whose body parses, makes one call and prints. Results go to stdout,
 * everything else to stderr. Starting is kept light: no Netty, no Jackson and no logger until a command needs them.
 */
@NullMarked
package dev.culvert.cli;

import org.jspecify.annotations.NullMarked;
