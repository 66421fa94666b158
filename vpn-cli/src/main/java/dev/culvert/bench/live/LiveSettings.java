package dev.culvert.bench.live;

import java.time.Duration;

/**
 * How hard a running tunnel may be pressed.
 *
 * @param megabitsPerSecond the cap: IP packets through the tunnel, each way
 * @param stretch of each measurement
 */
public record LiveSettings(double megabitsPerSecond, int rounds, Duration stretch) {}
