package dev.culvert.crypto.ipsecmb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcmCodeTest {
    private static final Set<String> ICE_LAKE = Set.of(
            "avx512f",
            "avx512dq",
            "avx512cd",
            "avx512bw",
            "avx512vl",
            "vaes",
            "vpclmulqdq",
            "gfni",
            "avx512ifma",
            "sha_ni",
            "avx",
            "avx2",
            "bmi2",
            "sse4_2",
            "cmov",
            "aes",
            "pclmulqdq",
            "fpu");
    private static final Set<GcmCode> ALL = EnumSet.allOf(GcmCode.class);

    @ParameterizedTest(name = "without {0}: {1}")
    @CsvSource({
        "nothing, VAES_AVX512",
        "vaes, AVX2",
        "avx512vl, AVX2",
        "bmi2, AVX",
        "avx2, AVX",
        "avx, SSE",
        "sse4_2, ",
        "aes, "
    })
    void aFlagThatIsMissingTakesWhatNeedsIt(String missing, GcmCode code) {
        Set<String> processor = new HashSet<>(ICE_LAKE);
        processor.remove(missing);

        assertThat(GcmCode.best(ALL, processor).orElse(null)).isEqualTo(code);
    }

    @Test
    void whatTheLibraryDoesNotOfferIsPassedOver() {
        assertThat(GcmCode.best(EnumSet.of(GcmCode.SSE, GcmCode.AVX2), ICE_LAKE))
                .contains(GcmCode.AVX2);
    }

    @Test
    void theFunctionsAreThoseOfOneCode() {
        assertThat(GcmCode.AVX2.functions())
                .isEqualTo(List.of("aes_gcm_pre_256_avx_gen4", "aes_gcm_enc_256_avx_gen4", "aes_gcm_dec_256_avx_gen4"));
    }
}
