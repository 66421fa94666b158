package dev.culvert.cli.toml;

/** A value, the key it was given for, and where it stands. */
record Located<T>(String key, T value, Position at) {}
