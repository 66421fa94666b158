package dev.culvert.tunnel;

import dev.culvert.config.TunnelConfig;
import java.time.Instant;

/**
 * What is decided when a tunnel starts and stays so.
 *
 * @param engineReason one sentence: why this AEAD engine
 * @param ioBackend name and reason
 */
record TunnelFacts(
        TunnelConfig config,
        Instant startedAt,
        String listenAddress,
        int mtu,
        String hardwareAddress,
        String ioBackend,
        String cipher,
        String engine,
        String engineReason) {}
