package dev.culvert.bench.result;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A straight line through costs. Each point weighs by the inverse square of its cost, because the error of a measured
 * time grows with the time: unweighted, the noise of the largest frames would drown the fixed cost.
 *
 * <p>The intervals are the widest of three. One is from the lines through each round alone: it knows what changes from one
 * round to the next and shifts all points together, which no residual shows. One is from the distances of the points to
 * the line: it knows a cost that is not quite straight, which every round repeats. The last is {@link #REPEATABILITY}: it
 * knows what is decided once in a process, where buffers lie and what was compiled, about which all rounds agree.
 */
public final class LeastSquares {
    private static final int PARAMETERS = 2;
    /** How much more a median errs than a mean does: the line runs through medians, which no single bad round bends. */
    private static final double MEDIAN_TO_MEAN = Math.sqrt(Math.PI / 2);
    /**
     * The standard deviation of a point from one run of the tool to the next, as a share of it: the median of the 159
     * points of three quick runs (docs/crossings.md, "How sure this is").
     */
    private static final double REPEATABILITY = 0.05;

    private static final double NORMAL_QUANTILE = 1.96; // of 95 %, both sides

    private LeastSquares() {}

    /**
     * @param points of two sizes at least; together with rounds enough to know an error: three sizes, or two rounds
     * @throws IllegalArgumentException when there are fewer, or a cost is not above zero
     */
    public static Fit of(List<Section.Point> points) {
        double[] bytes = points.stream().mapToDouble(Section.Point::bytes).toArray();
        double[] medians =
                points.stream().mapToDouble(point -> point.samples().median()).toArray();
        Line line = Line.through(bytes, medians, medians);
        List<Line> rounds = perRound(points, bytes, medians);
        if (points.size() <= PARAMETERS && rounds.size() < 2) {
            throw new IllegalArgumentException("two points of one round say nothing about their error");
        }
        return new Fit(
                interval(line.fixed, spread(rounds, each -> each.fixed), line.fixedError),
                interval(line.perByte, spread(rounds, each -> each.perByte), line.perByteError));
    }

    /** The largest distance of a point's median to the line, as a share of the line: 0.1 is 10 %. */
    public static double worstResidual(Fit fit, List<Section.Point> points) {
        return points.stream()
                .mapToDouble(point -> Math.abs(point.samples().median() / fit.at((double) point.bytes()) - 1))
                .max()
                .orElseThrow();
    }

    private static List<Line> perRound(List<Section.Point> points, double[] bytes, double[] medians) {
        int rounds = points.stream()
                .mapToInt(point -> point.samples().rounds().size())
                .min()
                .orElseThrow();
        return IntStream.range(0, rounds)
                .mapToObj(round -> points.stream()
                        .mapToDouble(point -> point.samples().rounds().get(round))
                        .toArray())
                .map(costs -> Line.through(bytes, costs, medians))
                .toList();
    }

    /** Half the width of the interval of the median of the rounds. */
    private static double spread(List<Line> rounds, ToDoubleFunction<Line> parameter) {
        int count = rounds.size();
        if (count < 2) {
            return 0;
        }
        double mean = rounds.stream().mapToDouble(parameter).average().orElseThrow();
        double squares = rounds.stream()
                .mapToDouble(each -> Math.pow(parameter.applyAsDouble(each) - mean, 2))
                .sum();
        return MEDIAN_TO_MEAN * StudentT.quantile(count - 1) * Math.sqrt(squares / (count - 1) / count);
    }

    private static Fit.Interval interval(double estimate, double ofRounds, double ofPoints) {
        double half = Math.max(ofRounds, ofPoints);
        return new Fit.Interval(estimate - half, estimate, estimate + half);
    }

    /** Errors are half the width of a 95 % interval: of the residuals, and never less than what repeats itself. */
    private record Line(double fixed, double perByte, double fixedError, double perByteError) {
        static Line through(double[] bytes, double[] costs, double[] scales) {
            int count = bytes.length;
            double weights = 0;
            double x = 0;
            double y = 0;
            double xx = 0;
            double xy = 0;
            for (int i = 0; i < count; i++) {
                if (!(scales[i] > 0)) {
                    throw new IllegalArgumentException("a cost of " + scales[i]);
                }
                double weight = 1 / (scales[i] * scales[i]);
                weights += weight;
                x += weight * bytes[i];
                y += weight * costs[i];
                xx += weight * bytes[i] * bytes[i];
                xy += weight * bytes[i] * costs[i];
            }
            double determinant = weights * xx - x * x;
            if (!(determinant > 1e-12 * weights * xx)) {
                throw new IllegalArgumentException("a line needs two sizes");
            }
            double perByte = (weights * xy - x * y) / determinant;
            double fixed = (y - perByte * x) / weights;
            double residuals = 0;
            for (int i = 0; i < count; i++) {
                residuals += Math.pow((costs[i] - fixed - perByte * bytes[i]) / scales[i], 2);
            }
            int free = count - PARAMETERS;
            double error = Math.max(
                    NORMAL_QUANTILE * REPEATABILITY,
                    free == 0 ? 0 : StudentT.quantile(free) * Math.sqrt(residuals / free));
            return new Line(
                    fixed, perByte, error * Math.sqrt(xx / determinant), error * Math.sqrt(weights / determinant));
        }
    }
}
