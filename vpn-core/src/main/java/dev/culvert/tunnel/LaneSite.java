package dev.culvert.tunnel;

import dev.culvert.device.TapQueue;
import dev.culvert.metrics.Counters;
import dev.culvert.udp.UdpTransport;
import java.util.concurrent.Executor;

/**
 * Where a lane stands in the outside world.
 *
 * @param door runs tasks on the lane's loop, in order
 * @param counters of the lane's thread
 */
record LaneSite(TapQueue queue, UdpTransport transport, Executor door, Counters counters) {}
