package dev.culvert.crypto;

/**
 * An engine that has passed its self-test.
 *
 * @param reason why this one, and why not those before it; for the log and for status
 * @param grade what it makes of the cipher on this machine
 */
public record ChosenEngine(AeadEngine engine, String reason, CipherGrade grade) {}
