package dev.culvert.cli.init;

import dev.culvert.config.RemoteName;
import dev.culvert.ethernet.IpPrefix;
import java.util.Optional;

/**
 * One end of the tunnel to be.
 *
 * @param host what people call it; also the name of its directory
 * @param address of its device
 * @param reachableAt where the other end finds it; without one it must speak first
 */
public record HostPlan(String host, IpPrefix address, Optional<RemoteName> reachableAt) {}
