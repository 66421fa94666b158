package dev.culvert.crypto;

import dev.culvert.crypto.openssl.LibCrypto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the engine of a suite: the first in the configured order that this machine has and that passes
 * {@link AeadSelfTest}. A fixed order and no race: engines that the JVM must compile first would lose it at start-up.
 */
public final class AeadEngines {
    /** Another engine, or another suite of an engine, is another line here. */
    private static final List<AeadCandidate> CANDIDATES = List.of(
            new AeadCandidate(
                    OpenSslAead.NAME,
                    CipherSuite.CHACHA20_POLY1305,
                    () -> OpenSslAead.engine(CipherSuite.CHACHA20_POLY1305, LibCrypto.LIBRARY)),
            new AeadCandidate(SunJceCipher.NAME, CipherSuite.CHACHA20_POLY1305, SunJceCipher::engine),
            new AeadCandidate(BouncyCastleCipher.NAME, CipherSuite.CHACHA20_POLY1305, BouncyCastleCipher::engine));

    private AeadEngines() {}

    /** The names that may stand in a configuration, for whatever suite; in the order of preference. */
    public static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (AeadCandidate candidate : CANDIDATES) {
            names.add(candidate.name());
        }
        return Collections.unmodifiableSet(names);
    }

    /**
     * Loads and tests engines until one passes; takes tens of milliseconds, so call it at start-up.
     *
     * @param order names, best first; those that do not serve {@code suite} are skipped
     */
    public static ChosenEngine choose(CipherSuite suite, List<String> order) throws NoAeadEngineException {
        return choose(CANDIDATES, suite, order);
    }

    static ChosenEngine choose(List<AeadCandidate> candidates, CipherSuite suite, List<String> order)
            throws NoAeadEngineException {
        List<String> skipped = new ArrayList<>();
        for (String name : order) {
            try {
                AeadEngine engine = tested(candidates, suite, name);
                return new ChosenEngine(engine, reason(name, order, skipped));
            } catch (AeadUnavailableException e) {
                skipped.add(name + " skipped: " + e.getMessage());
            }
        }
        String all = skipped.isEmpty() ? "none is configured" : String.join("; ", skipped);
        throw new NoAeadEngineException("no engine for " + suite.text() + ": " + all);
    }

    private static AeadEngine tested(List<AeadCandidate> candidates, CipherSuite suite, String name)
            throws AeadUnavailableException {
        for (AeadCandidate candidate : candidates) {
            if (candidate.name().equals(name) && candidate.suite() == suite) {
                return tested(candidate);
            }
        }
        throw new AeadUnavailableException("it does not serve " + suite.text());
    }

    private static AeadEngine tested(AeadCandidate candidate) throws AeadUnavailableException {
        try {
            AeadEngine engine = candidate.opening().open();
            Optional<String> fault = AeadSelfTest.faultOf(engine);
            if (fault.isPresent()) {
                throw new AeadUnavailableException("self-test failed: " + fault.get());
            }
            return engine;
        } catch (RuntimeException | LinkageError e) {
            // Foreign code in a foreign environment: whatever ails it, there are other engines, and the reason is
            // shown.
            throw new AeadUnavailableException("it failed with " + e, e);
        }
    }

    private static String reason(String name, List<String> order, List<String> skipped) {
        return skipped.isEmpty()
                ? "first in " + order + "; self-test passed"
                : String.join("; ", skipped) + "; " + name + ": self-test passed";
    }
}
