package dev.culvert.crypto.ipsecmb;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The library's implementations of AES-GCM, best first. Each demands the flags that the library itself demands before
 * it chooses that one (IMB_CPUFLAGS_* of intel-ipsec-mb.h): called elsewhere, it ends the process.
 */
enum GcmCode {
    VAES_AVX512(
            "vaes_avx512",
            "avx512f avx512dq avx512cd avx512bw avx512vl vaes vpclmulqdq gfni avx512ifma sha_ni"
                    + " avx avx2 bmi2 sse4_2 cmov aes pclmulqdq"),
    AVX2("avx_gen4", "avx avx2 bmi2 sse4_2 cmov aes pclmulqdq"),
    /** Gone from version 2.0 on. */
    AVX("avx_gen2", "avx sse4_2 cmov aes pclmulqdq"),
    SSE("sse", "sse4_2 cmov aes pclmulqdq");

    private final String suffix;
    private final String needs;

    GcmCode(String suffix, String needs) {
        this.suffix = suffix;
        this.needs = needs;
    }

    /** The best of those {@code offered} that a processor with these flags can run. */
    static Optional<GcmCode> best(Set<GcmCode> offered, Set<String> processor) {
        return Arrays.stream(values())
                .filter(offered::contains)
                .filter(code -> processor.containsAll(List.of(code.needs.split(" "))))
                .findFirst();
    }

    String keyFunction() {
        return "aes_gcm_pre_256_" + suffix;
    }

    String sealFunction() {
        return "aes_gcm_enc_256_" + suffix;
    }

    String openFunction() {
        return "aes_gcm_dec_256_" + suffix;
    }

    /** All three. */
    List<String> functions() {
        return List.of(keyFunction(), sealFunction(), openFunction());
    }
}
