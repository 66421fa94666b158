package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherGradeTest {
    private static final Set<String> X86 = Set.of("aes", "pclmulqdq", "avx2");
    private static final Set<String> ARM = Set.of("aes", "pmull", "asimd");
    private static final Set<String> OLD = Set.of("pclmulqdq", "asimd");

    @Test
    void aesIsInHardwareWhereTheProcessorHasInstructionsForIt() throws AeadUnavailableException {
        AeadEngine engine = SunJceCipher.engine(CipherSuite.AES_256_GCM);

        assertThat(CipherGrade.of(engine, X86)).isEqualTo(CipherGrade.HARDWARE);
        assertThat(CipherGrade.of(engine, ARM)).isEqualTo(CipherGrade.HARDWARE);
        assertThat(CipherGrade.of(engine, OLD)).isEqualTo(CipherGrade.SLOW);
    }

    @Test
    void chaCha20NeedsNone() throws AeadUnavailableException {
        AeadEngine engine = SunJceCipher.engine(CipherSuite.CHACHA20_POLY1305);

        assertThat(CipherGrade.of(engine, X86)).isEqualTo(CipherGrade.FAST);
        assertThat(CipherGrade.of(engine, OLD)).isEqualTo(CipherGrade.FAST);
    }

    @Test
    void bouncyCastleUsesNoInstructionsOfAnyProcessor() {
        for (CipherSuite suite : CipherSuite.values()) {
            assertThat(CipherGrade.of(BouncyCastleCipher.engine(suite), X86)).isEqualTo(CipherGrade.SLOW);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, NONE", "1, SLOW", "2, FAST", "3, HARDWARE", "4, NONE", "255, NONE"})
    void codesOnTheWire(int code, CipherGrade grade) {
        assertThat(CipherGrade.of(code)).isEqualTo(grade);
    }
}
