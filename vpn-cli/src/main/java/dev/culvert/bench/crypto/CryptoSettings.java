package dev.culvert.bench.crypto;

import java.time.Duration;
import java.util.List;

/**
 * How to measure.
 *
 * @param engines names, of {@link dev.culvert.crypto.AeadEngines#names}
 * @param slice how long one figure of one round is measured
 * @param maxWarmUpRounds when to give up waiting for the compilers, and say so
 */
public record CryptoSettings(List<String> engines, int rounds, Duration slice, int maxWarmUpRounds) {
    /** From the smallest frame to one that fills a path of jumbo frames. */
    static final List<Integer> SIZES = List.of(64, 256, 576, 1420, 8900);

    public CryptoSettings {
        engines = List.copyOf(engines);
    }
}
