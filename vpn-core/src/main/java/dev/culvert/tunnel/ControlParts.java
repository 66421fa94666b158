package dev.culvert.tunnel;

import dev.culvert.crypto.Randomness;
import dev.culvert.handshake.LocalIdentity;
import dev.culvert.metrics.Counters;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.SessionTable;
import dev.culvert.time.MonotonicClock;
import dev.culvert.time.WallClock;

/**
 * What the control loop is made of.
 *
 * @param counters written by the control loop only
 * @param facts what does not change while the tunnel runs, for status
 */
record ControlParts(
        LocalIdentity identity,
        Randomness randomness,
        SessionTable<PeerPath> sessions,
        TunnelCommands commands,
        MonotonicClock clock,
        WallClock wallClock,
        Counters counters,
        TunnelFacts facts) {}
