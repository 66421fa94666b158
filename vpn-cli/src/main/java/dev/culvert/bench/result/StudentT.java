package dev.culvert.bench.result;

/** How many standard errors a 95 % confidence interval reaches to each side, when the error itself is an estimate. */
public final class StudentT {
    private static final double[] EXACT = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622};
    private static final double NORMAL = 1.959964;

    private StudentT() {}

    public static double quantile(int degreesOfFreedom) {
        if (degreesOfFreedom < 1) {
            throw new IllegalArgumentException("degrees of freedom: " + degreesOfFreedom);
        }
        if (degreesOfFreedom <= EXACT.length) {
            return EXACT[degreesOfFreedom - 1];
        }
        // The first terms of the Cornish-Fisher expansion: right to four digits from here on.
        double z = NORMAL;
        double first = z * (z * z + 1) / 4;
        double second = z * (5 * Math.pow(z, 4) + 16 * z * z + 3) / 96;
        double third = z * (3 * Math.pow(z, 6) + 19 * Math.pow(z, 4) + 17 * z * z - 15) / 384;
        return z
                + first / degreesOfFreedom
                + second / Math.pow(degreesOfFreedom, 2)
                + third / Math.pow(degreesOfFreedom, 3);
    }
}
