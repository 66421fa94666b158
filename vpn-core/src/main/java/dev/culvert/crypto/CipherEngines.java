package dev.culvert.crypto;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The engines of a tunnel.
 *
 * @param first serves ChaCha20-Poly1305, with which every session begins
 * @param second serves AES-256-GCM, between Culverts
 * @param withoutSecond why there is no second; empty when there is one
 */
public record CipherEngines(ChosenEngine first, Optional<ChosenEngine> second, String withoutSecond) {

    /**
     * Loads and tests the engines; takes tens of milliseconds, so call it at start-up.
     *
     * @param order names of engines, best first
     * @param choices those of all peers
     * @throws NoAeadEngineException when there is none for ChaCha20-Poly1305, or none for AES-256-GCM and a peer's
     *     choice is that
     */
    public static CipherEngines choose(List<String> order, Collection<CipherChoice> choices)
            throws NoAeadEngineException {
        return choose(AeadEngines.CANDIDATES, order, choices);
    }

    static CipherEngines choose(List<AeadCandidate> candidates, List<String> order, Collection<CipherChoice> choices)
            throws NoAeadEngineException {
        ChosenEngine first = AeadEngines.choose(candidates, CipherSuite.CHACHA20_POLY1305, order);
        if (Set.of(CipherChoice.CHACHA20_POLY1305).containsAll(choices)) {
            return new CipherEngines(first, Optional.empty(), "no peer is to have it");
        }
        try {
            return new CipherEngines(
                    first, Optional.of(AeadEngines.choose(candidates, CipherSuite.AES_256_GCM, order)), "");
        } catch (NoAeadEngineException none) {
            if (choices.contains(CipherChoice.AES_256_GCM)) {
                throw new NoAeadEngineException("cipher is \"aes-256-gcm\", and there is " + none.getMessage());
            }
            return new CipherEngines(first, Optional.empty(), String.valueOf(none.getMessage()));
        }
    }
}
