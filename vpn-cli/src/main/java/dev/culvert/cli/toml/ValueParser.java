package dev.culvert.cli.toml;

/** Text to a typed value. */
@FunctionalInterface
interface ValueParser<T> {
    T parse(String text) throws BadValueException;
}
