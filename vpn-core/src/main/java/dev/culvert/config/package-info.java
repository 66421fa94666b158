/**
 * What a tunnel is told to be, as typed and validated values. Knows key and address types, and nothing of files or
 * text formats.
 */
@NullMarked
package dev.culvert.config;

import org.jspecify.annotations.NullMarked;
