package dev.culvert.crypto;

/** @param reason why this one, and why not those before it; for the log and for status */
public record ChosenEngine(AeadEngine engine, String reason) {}
