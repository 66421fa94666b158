package dev.culvert.bench.result;

/** {@code cost(bytes) = fixed + perByte * bytes}, by least squares. */
public record Fit(Interval fixed, Interval perByte) {
    /** An estimate between the bounds of its 95 % confidence interval. */
    public record Interval(double low, double estimate, double high) {
        public boolean overlaps(Interval other) {
            return low <= other.high && other.low <= high;
        }
    }

    public double at(double bytes) {
        return fixed.estimate() + perByte.estimate() * bytes;
    }
}
