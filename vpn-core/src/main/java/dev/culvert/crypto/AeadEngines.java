package dev.culvert.crypto;

import dev.culvert.crypto.ipsecmb.LibIpsecMb;
import dev.culvert.crypto.openssl.LibCrypto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses the engine of a suite: the first in the configured order that this machine has and that passes
 * {@link AeadSelfTest}. A fixed order and no race: engines that the JVM must compile first would lose it at start-up.
 */
public final class AeadEngines {
    /** Another engine, or another suite of an engine, is another line here. */
    static final List<AeadCandidate> CANDIDATES = List.of(
            new AeadCandidate(
                    IpsecMbCipher.NAME,
                    CipherSuite.AES_256_GCM,
                    () -> IpsecMbCipher.engine(LibIpsecMb.LIBRARIES, CpuFlags.ofThisMachine())),
            new AeadCandidate(
                    OpenSslCipher.NAME,
                    CipherSuite.AES_256_GCM,
                    () -> OpenSslCipher.engine(CipherSuite.AES_256_GCM, LibCrypto.LIBRARY)),
            new AeadCandidate(
                    SunJceCipher.NAME, CipherSuite.AES_256_GCM, () -> SunJceCipher.engine(CipherSuite.AES_256_GCM)),
            new AeadCandidate(
                    BouncyCastleCipher.NAME,
                    CipherSuite.AES_256_GCM,
                    () -> BouncyCastleCipher.engine(CipherSuite.AES_256_GCM)),
            new AeadCandidate(
                    OpenSslCipher.NAME,
                    CipherSuite.CHACHA20_POLY1305,
                    () -> OpenSslCipher.engine(CipherSuite.CHACHA20_POLY1305, LibCrypto.LIBRARY)),
            new AeadCandidate(
                    SunJceCipher.NAME,
                    CipherSuite.CHACHA20_POLY1305,
                    () -> SunJceCipher.engine(CipherSuite.CHACHA20_POLY1305)),
            new AeadCandidate(
                    BouncyCastleCipher.NAME,
                    CipherSuite.CHACHA20_POLY1305,
                    () -> BouncyCastleCipher.engine(CipherSuite.CHACHA20_POLY1305)));

    private AeadEngines() {}

    /** The names that may stand in a configuration, for whatever suite; in the order of preference. */
    public static Set<String> names() {
        return names(CANDIDATES.stream());
    }

    /** The names of the engines that serve {@code suite}. */
    public static Set<String> names(CipherSuite suite) {
        return names(CANDIDATES.stream().filter(candidate -> candidate.suite() == suite));
    }

    private static Set<String> names(Stream<AeadCandidate> candidates) {
        Set<String> names = new LinkedHashSet<>();
        candidates.forEach(candidate -> names.add(candidate.name()));
        return Collections.unmodifiableSet(names);
    }

    /**
     * Loads and tests engines until one passes; takes tens of milliseconds, so call it at start-up.
     *
     * @param order names, best first; those that do not serve {@code suite} are passed over
     */
    public static ChosenEngine choose(CipherSuite suite, List<String> order) throws NoAeadEngineException {
        return choose(CANDIDATES, suite, order);
    }

    /** The engine that status calls {@code aes-256-gcm by openssl}. */
    public static AeadEngine named(String text) throws NoAeadEngineException {
        for (CipherSuite suite : CipherSuite.values()) {
            String before = suite.text() + " by ";
            if (text.startsWith(before)) {
                return choose(suite, List.of(text.substring(before.length()))).engine();
            }
        }
        throw new NoAeadEngineException("no cipher of that name: " + text);
    }

    static ChosenEngine choose(List<AeadCandidate> candidates, CipherSuite suite, List<String> order)
            throws NoAeadEngineException {
        List<AeadCandidate> serving = serving(candidates, suite, order);
        List<String> skipped = new ArrayList<>();
        for (AeadCandidate candidate : serving) {
            try {
                AeadEngine engine = tested(candidate);
                return new ChosenEngine(
                        engine, reason(candidate, serving, skipped), CipherGrade.of(engine, CpuFlags.ofThisMachine()));
            } catch (AeadUnavailableException e) {
                skipped.add(candidate.name() + " skipped: " + e.getMessage());
            }
        }
        String all = skipped.isEmpty() ? "none of " + order + " serves it" : String.join("; ", skipped);
        throw new NoAeadEngineException("no engine for " + suite.text() + ": " + all);
    }

    private static List<AeadCandidate> serving(List<AeadCandidate> candidates, CipherSuite suite, List<String> order) {
        List<AeadCandidate> serving = new ArrayList<>();
        for (String name : order) {
            for (AeadCandidate candidate : candidates) {
                if (candidate.name().equals(name) && candidate.suite() == suite) {
                    serving.add(candidate);
                }
            }
        }
        return serving;
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
            throw new AeadUnavailableException("it failed with " + rootOf(e), e);
        }
    }

    /** A class that could not be initialised says what ailed it in its cause only. */
    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String reason(AeadCandidate chosen, List<AeadCandidate> order, List<String> skipped) {
        return skipped.isEmpty()
                ? "first in " + order.stream().map(AeadCandidate::name).toList() + "; self-test passed"
                : String.join("; ", skipped) + "; " + chosen.name() + ": self-test passed";
    }
}
