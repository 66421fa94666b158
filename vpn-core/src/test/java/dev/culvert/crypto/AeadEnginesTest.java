package dev.culvert.crypto;

import static dev.culvert.crypto.CipherSuite.CHACHA20_POLY1305;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.culvert.config.CryptoConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class AeadEnginesTest {
    private static final AeadCandidate SOUND =
            new AeadCandidate("sound", CHACHA20_POLY1305, () -> FaultyAead.engine(FaultyAead.Fault.NONE));
    private static final AeadCandidate CREDULOUS = new AeadCandidate(
            "credulous", CHACHA20_POLY1305, () -> FaultyAead.engine(FaultyAead.Fault.ACCEPTS_EVERYTHING));
    private static final AeadCandidate ABSENT = new AeadCandidate(
            "absent", CHACHA20_POLY1305, () -> OpenSslAead.engine(CHACHA20_POLY1305, "libculvert-absent.so.3"));
    private static final AeadCandidate CRASHING = new AeadCandidate("crashing", CHACHA20_POLY1305, () -> {
        throw new UnsatisfiedLinkError("wrong architecture");
    });
    private static final List<AeadCandidate> ALL = List.of(SOUND, CREDULOUS, ABSENT, CRASHING);

    @Test
    void everyNameOfTheDefaultOrderIsAnEngine() {
        assertThat(AeadEngines.names()).containsExactlyElementsOf(CryptoConfig.DEFAULT.engines());
    }

    @Test
    void everyEngineOfThisMachineServes() throws NoAeadEngineException, AeadUnavailableException {
        for (AeadEngine engine : TestEngines.all()) {
            ChosenEngine chosen = AeadEngines.choose(CHACHA20_POLY1305, List.of(engine.name()));

            assertThat(chosen.engine().name()).isEqualTo(engine.name());
            assertThat(chosen.engine().suite()).isEqualTo(CHACHA20_POLY1305);
        }
    }

    @Test
    void takesTheFirstThatPasses() throws NoAeadEngineException {
        ChosenEngine chosen = choose("sound", "absent");

        assertThat(chosen.reason()).isEqualTo("first in [sound, absent]; self-test passed");
    }

    @Test
    void fallsBackFromALibraryThatIsNotThere() throws NoAeadEngineException {
        assertThat(choose("absent", "sound").reason())
                .isEqualTo("absent skipped: libculvert-absent.so.3 not found (is OpenSSL 3 installed?);"
                        + " sound: self-test passed");
    }

    @Test
    void fallsBackFromAnEngineThatFailsItsTest() throws NoAeadEngineException {
        assertThat(choose("credulous", "sound").reason())
                .startsWith("credulous skipped: self-test failed: accepted a changed ciphertext (")
                .endsWith("; sound: self-test passed");
    }

    @Test
    void fallsBackFromAnEngineThatThrows() throws NoAeadEngineException {
        assertThat(choose("crashing", "sound").reason())
                .startsWith("crashing skipped: it failed with java.lang.UnsatisfiedLinkError: wrong architecture");
    }

    @Test
    void fallsBackFromAnEngineOfAnotherSuite() throws NoAeadEngineException {
        assertThat(choose("ipsec-mb", "sound").reason())
                .startsWith("ipsec-mb skipped: it does not serve chacha20-poly1305; ");
    }

    @Test
    void saysOfEveryEngineWhyItCannotBeUsed() {
        assertThatExceptionOfType(NoAeadEngineException.class)
                .isThrownBy(() -> choose("absent", "credulous", "crashing"))
                .withMessageStartingWith("no engine for chacha20-poly1305: absent skipped: ")
                .withMessageContaining("; credulous skipped: ")
                .withMessageContaining("; crashing skipped: ");
    }

    @Test
    void saysThatNothingIsConfigured() {
        assertThatExceptionOfType(NoAeadEngineException.class)
                .isThrownBy(() -> choose())
                .withMessage("no engine for chacha20-poly1305: none is configured");
    }

    private static ChosenEngine choose(String... order) throws NoAeadEngineException {
        return AeadEngines.choose(ALL, CHACHA20_POLY1305, List.of(order));
    }
}
