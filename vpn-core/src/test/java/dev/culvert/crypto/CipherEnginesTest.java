package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CipherEnginesTest {
    @Test
    void theSecondIsChosenWhenAnyPeerMayHaveIt() throws NoAeadEngineException {
        CipherEngines engines =
                CipherEngines.choose(List.of("sunjce"), Set.of(CipherChoice.CHACHA20_POLY1305, CipherChoice.AUTO));

        assertThat(engines.first().engine().suite()).isEqualTo(CipherSuite.CHACHA20_POLY1305);
        assertThat(engines.second().orElseThrow().engine().suite()).isEqualTo(CipherSuite.AES_256_GCM);
        assertThat(engines.withoutSecond()).isEmpty();
    }

    @Test
    void theSecondIsNotLoadedForNobody() throws NoAeadEngineException {
        CipherEngines engines = CipherEngines.choose(List.of("sunjce"), Set.of(CipherChoice.CHACHA20_POLY1305));

        assertThat(engines.second()).isEmpty();
        assertThat(engines.withoutSecond()).isEqualTo("no peer is to have it");
    }

    /** As on a machine that lacks every engine of the configured ones that would serve it. */
    private static CipherEngines chooseWithoutAes(CipherChoice choice) throws NoAeadEngineException {
        AeadCandidate chaCha20 = new AeadCandidate(
                "one", CipherSuite.CHACHA20_POLY1305, () -> SunJceCipher.engine(CipherSuite.CHACHA20_POLY1305));
        AeadCandidate absent = new AeadCandidate("one", CipherSuite.AES_256_GCM, () -> {
            throw new AeadUnavailableException("it is not there");
        });
        return CipherEngines.choose(List.of(chaCha20, absent), List.of("one"), Set.of(choice));
    }

    @Test
    void autoDoesWithoutTheSecondAndSaysWhy() throws NoAeadEngineException {
        CipherEngines engines = chooseWithoutAes(CipherChoice.AUTO);

        assertThat(engines.second()).isEmpty();
        assertThat(engines.withoutSecond()).isEqualTo("no engine for aes-256-gcm: one skipped: it is not there");
    }

    @Test
    void whoDemandsTheSecondIsToldThatItCannotBeHad() {
        assertThatExceptionOfType(NoAeadEngineException.class)
                .isThrownBy(() -> chooseWithoutAes(CipherChoice.AES_256_GCM))
                .withMessage("cipher is \"aes-256-gcm\", and there is no engine for aes-256-gcm:"
                        + " one skipped: it is not there");
    }

    @Test
    void withoutAnEngineForTheFirstThereIsNothing() {
        assertThatExceptionOfType(NoAeadEngineException.class)
                .isThrownBy(() -> CipherEngines.choose(List.of("ipsec-mb"), Set.of(CipherChoice.AUTO)))
                .withMessage("no engine for chacha20-poly1305: none of [ipsec-mb] serves it");
    }
}
