package dev.culvert.crypto;

import static dev.culvert.crypto.CipherSuite.CHACHA20_POLY1305;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.culvert.config.CryptoConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AeadEnginesTest {
    private static final AeadCandidate SOUND =
            new AeadCandidate("sound", CHACHA20_POLY1305, () -> FaultyAead.engine(FaultyAead.Fault.NONE));
    private static final AeadCandidate CREDULOUS = new AeadCandidate(
            "credulous", CHACHA20_POLY1305, () -> FaultyAead.engine(FaultyAead.Fault.ACCEPTS_EVERYTHING));
    private static final AeadCandidate ABSENT = new AeadCandidate(
            "absent", CHACHA20_POLY1305, () -> OpenSslCipher.engine(CHACHA20_POLY1305, "libculvert-absent.so.3"));
    private static final AeadCandidate CRASHING = new AeadCandidate("crashing", CHACHA20_POLY1305, () -> {
        throw new UnsatisfiedLinkError("wrong architecture");
    });
    private static final List<AeadCandidate> ALL = List.of(SOUND, CREDULOUS, ABSENT, CRASHING);

    @Test
    void everyNameOfTheDefaultOrderIsAnEngine() {
        assertThat(AeadEngines.names()).containsExactlyElementsOf(CryptoConfig.DEFAULT.engines());
    }

    @ParameterizedTest
    @EnumSource
    void everyEngineOfASuiteIsAmongThoseTestedHere(CipherSuite suite) throws AeadUnavailableException {
        assumeTrue(
                Boolean.getBoolean("culvert.requireRoot")
                        && System.getProperty("os.arch").equals("amd64"),
                "some may be missing here, and are then not tested");
        assertThat(TestEngines.of(suite).stream().map(AeadEngine::name).distinct())
                .containsExactlyElementsOf(AeadEngines.names(suite));
    }

    @ParameterizedTest
    @EnumSource
    void everyEngineOfThisMachineServes(CipherSuite suite) throws NoAeadEngineException, AeadUnavailableException {
        for (AeadEngine engine : TestEngines.of(suite)) {
            ChosenEngine chosen = AeadEngines.choose(suite, List.of(engine.name()));

            assertThat(chosen.engine().name()).isEqualTo(engine.name());
            assertThat(chosen.engine().suite()).isEqualTo(suite);
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
    void passesOverAnEngineOfAnotherSuiteWithoutAWord() throws NoAeadEngineException {
        assertThat(choose("ipsec-mb", "sound").reason()).isEqualTo("first in [sound]; self-test passed");
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
    void saysThatNoneOfTheConfiguredOnesServesTheSuite() {
        assertThatExceptionOfType(NoAeadEngineException.class)
                .isThrownBy(() -> choose("ipsec-mb"))
                .withMessage("no engine for chacha20-poly1305: none of [ipsec-mb] serves it");
    }

    private static ChosenEngine choose(String... order) throws NoAeadEngineException {
        return AeadEngines.choose(ALL, CHACHA20_POLY1305, List.of(order));
    }
}
