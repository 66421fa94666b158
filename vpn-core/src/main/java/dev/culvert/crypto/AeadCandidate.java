package dev.culvert.crypto;

/** An engine that Culvert knows for a suite; only {@link Opening} tells whether this machine has it. */
record AeadCandidate(String name, CipherSuite suite, Opening opening) {
    interface Opening {
        AeadEngine open() throws AeadUnavailableException;
    }
}
