package dev.culvert.config;

import java.util.List;

/**
 * Which AEAD engines to try, best first: {@code ipsec-mb}, {@code openssl}, {@code sunjce}, {@code bc}.
 *
 * @param cipher "auto" or "chacha20-poly1305"
 */
public record CryptoConfig(List<String> engines, String cipher) {
    public static final CryptoConfig DEFAULT = new CryptoConfig(List.of("ipsec-mb", "openssl", "sunjce", "bc"), "auto");

    public CryptoConfig {
        engines = List.copyOf(engines);
    }
}
