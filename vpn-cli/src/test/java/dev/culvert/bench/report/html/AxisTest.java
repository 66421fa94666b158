package dev.culvert.bench.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.report.Numbers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
    @ParameterizedTest
    @CsvSource({
        "3, 4, '0 1 2 3 4'",
        "0.3, 0.3, '0 0.1 0.2 0.3'",
        "0, 0, '0 0.5 1'",
        "900, 1332, '0 500 1,000 1,500'",
        "-5, 7, '0 2 4 6 8'",
        "7, 100, '5 10 20 50 100'",
        "52, 6386, '100 1,000 10,000'",
        "0.002, 30000, '0.01 1 100 10,000'",
    })
    void isCutWherePeopleCount(double least, double most, String ticks) {
        Axis axis = Axis.over(List.of(least, most));

        assertThat(axis.ticks().stream().map(Numbers::tick).collect(Collectors.joining(" ")))
                .isEqualTo(ticks);
        assertThat(axis.holds(least)).isTrue();
        assertThat(axis.holds(most)).isTrue();
    }

    /** A file may claim anything; what has no place is left out, and nothing runs forever. */
    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE, -1e300, 1e29, 1e-29})
    void whatNobodyMeasuredDoesNoHarm(double absurd) {
        for (List<Double> values : List.of(List.of(absurd), List.of(absurd, 5.0), List.of(5.0, 70.0, absurd))) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
                Axis axis = Axis.over(values);

                assertThat(axis.ticks()).isNotEmpty().hasSizeLessThan(10).allMatch(axis::holds);
                assertThat(axis.holds(5)).isEqualTo(values.contains(5.0) || axis.high() >= 5);
            });
        }
    }
}
