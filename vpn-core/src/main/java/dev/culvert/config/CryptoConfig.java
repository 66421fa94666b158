package dev.culvert.config;

import dev.culvert.crypto.CipherChoice;
import java.util.List;

/**
 * What frames are sealed with.
 *
 * @param engines AEAD engines to try, best first: {@code ipsec-mb}, {@code openssl}, {@code sunjce}, {@code bc}
 * @param cipher for peers that have no choice of their own
 */
public record CryptoConfig(List<String> engines, CipherChoice cipher) {
    public static final CryptoConfig DEFAULT =
            new CryptoConfig(List.of("ipsec-mb", "openssl", "sunjce", "bc"), CipherChoice.AUTO);

    public CryptoConfig {
        engines = List.copyOf(engines);
    }
}
