package dev.culvert.bench.live;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to ask: so many echo requests a second, of one size.
 *
 * @param name in tables
 * @param packetBytes of the IP packet
 */
record Probe(String name, int packetBytes, double perSecond) {
    private static final int SMALL_BYTES = 84; // what ping(8) sends
    private static final double IDLE_PER_SECOND = 50;
    private static final List<Double> SHARES_OF_CAP = List.of(0.1, 0.5, 1.0);

    /** An idle tunnel with small packets, then full ones in steps up to the cap. */
    static List<Probe> upTo(double megabitsPerSecond, int mtu) {
        List<Probe> probes = new ArrayList<>();
        double idlePerSecond = Math.min(IDLE_PER_SECOND, perSecond(megabitsPerSecond, SMALL_BYTES));
        probes.add(new Probe("idle", SMALL_BYTES, idlePerSecond));
        for (double share : SHARES_OF_CAP) {
            double rate = share * megabitsPerSecond;
            probes.add(new Probe(text(rate) + " Mbit/s", mtu, perSecond(rate, mtu)));
        }
        return probes;
    }

    /** To learn whether anybody answers. */
    static Probe greeting(double perSecond) {
        return new Probe("greeting", SMALL_BYTES, perSecond);
    }

    private static String text(double rate) {
        return new BigDecimal(rate, new MathContext(4)).stripTrailingZeros().toPlainString();
    }

    private static double perSecond(double megabitsPerSecond, int packetBytes) {
        return megabitsPerSecond * 1e6 / Byte.SIZE / packetBytes;
    }

    double megabitsPerSecond(double packetsPerSecond) {
        return packetsPerSecond * packetBytes * Byte.SIZE / 1e6;
    }

    boolean isLoad() {
        return packetBytes != SMALL_BYTES;
    }
}
