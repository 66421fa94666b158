package dev.culvert.tunnel;

import dev.culvert.crypto.ChosenEngine;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.crypto.CipherGrade;
import dev.culvert.crypto.NoAeadEngineException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Machines of several kinds: the engines are those of this machine, what they are said to be good for is not. */
final class SimulatedEngines {
    /** AES-256-GCM is cheaper. */
    static final CipherEngines HARDWARE = graded(CipherGrade.HARDWARE);
    /** AES-256-GCM is there, and dearer. */
    static final CipherEngines SLOW = graded(CipherGrade.SLOW);
    /** AES-256-GCM is not there. */
    static final CipherEngines WITHOUT_SECOND = new CipherEngines(HARDWARE.first(), Optional.empty(), "simulated");

    private SimulatedEngines() {}

    private static CipherEngines graded(CipherGrade grade) {
        try {
            CipherEngines real = CipherEngines.choose(
                    List.of("ipsec-mb", "openssl", "sunjce", "bc"), Set.of(CipherChoice.AES_256_GCM));
            ChosenEngine first = real.first();
            ChosenEngine second = real.second().orElseThrow();
            return new CipherEngines(
                    new ChosenEngine(first.engine(), first.reason(), CipherGrade.FAST),
                    Optional.of(new ChosenEngine(second.engine(), second.reason(), grade)),
                    "");
        } catch (NoAeadEngineException none) {
            throw new AssertionError(none);
        }
    }
}
