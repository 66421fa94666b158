package dev.culvert.peer;

/**
 * What a session is sealed with.
 *
 * @param second AES-256-GCM instead of ChaCha20-Poly1305
 * @param reason in words for the operator
 */
public record CipherDecision(boolean second, String reason) {}
