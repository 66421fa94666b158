/**
 * What a benchmark found out, as values: what {@code --save} writes and {@code --against} reads, and what tables, JSON
 * and pages show. Knows neither how a figure is measured nor how it is drawn; no clock, no file, no terminal.
 */
@NullMarked
package dev.culvert.bench.result;

import org.jspecify.annotations.NullMarked;
