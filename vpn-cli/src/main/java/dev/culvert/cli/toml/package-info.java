/**
 * Configuration text to {@link dev.culvert.config.TunnelConfig}: either a whole, sound configuration or every fault of
 * the file at once, each with its place and remedy. Nothing below this package knows TOML. Key text is never echoed.
 */
@NullMarked
package dev.culvert.cli.toml;

import org.jspecify.annotations.NullMarked;
