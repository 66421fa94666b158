package dev.culvert.tunnel;

import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.device.GrantedOffloads;
import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * What is decided when a tunnel starts and stays so.
 *
 * @param listen what the socket is bound to
 * @param ioBackend name and reason
 */
record TunnelFacts(
        TunnelConfig config,
        Instant startedAt,
        InetSocketAddress listen,
        int mtu,
        String hardwareAddress,
        GrantedOffloads offloads,
        String ioBackend,
        CipherEngines engines) {}
