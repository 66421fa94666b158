package dev.culvert.peers;

import dev.culvert.bench.Progress;
import dev.culvert.bench.machine.StealMeter;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import dev.culvert.bench.result.Section.Bar;
import dev.culvert.bench.result.Section.Distribution;
import dev.culvert.bench.result.Section.Percentile;
import dev.culvert.lab.CommandResult;
import dev.culvert.lab.LabException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * ping(8) through tunnels that carry nothing else, in rounds, in an order that is drawn anew each time. A tunnel sleeps
 * until each request and again until its answer, so the price of waking up is in it, as it is not in one request after
 * another.
 */
final class Pings {
    /** Long enough for everybody to fall asleep, short enough for a few hundred a round. */
    private static final Duration INTERVAL = Duration.ofMillis(5);
    /** The first find neighbours and wake processors; they do not count. */
    private static final int UNCOUNTED = 20;

    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final int FEWEST_ANSWERED_PERCENT = 90;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double[] PERCENTS = {50, 90, 99, 100};
    private static final Pattern TIME = Pattern.compile(" time=([0-9.]+) ms");
    private static final String TITLE = "ping through an idle tunnel";

    private final List<Timed> all;
    private final int rounds;
    private final int count;
    private final Random order;

    /** @param rounds of each the times in microseconds, ascending */
    private record Timed(RunningPeer peer, List<List<Double>> rounds) {
        Samples samples(ToDoubleFunction<List<Double>> figure) {
            return new Samples(
                    rounds.stream().map(round -> figure.applyAsDouble(round)).toList());
        }
    }

    Pings(List<RunningPeer> peers, int rounds, Duration length, long seed) {
        this.all =
                peers.stream().map(peer -> new Timed(peer, new ArrayList<>())).toList();
        this.rounds = rounds;
        this.count = Math.toIntExact(length.dividedBy(INTERVAL)) + 1;
        this.order = new Random(seed);
    }

    Passes.Outcome run(Progress progress) throws IOException {
        List<Double> steal = new ArrayList<>();
        int done = 0;
        for (int round = 1; round <= rounds; round++) {
            StealMeter meter = StealMeter.start();
            List<Timed> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, order);
            for (Timed each : shuffled) {
                String what = "round %d of %d: %s"
                        .formatted(round, rounds, each.peer().name());
                progress.onStep(what, (double) done++ / (rounds * all.size()));
                each.rounds().add(measure(each.peer()));
            }
            steal.add(meter.percent());
        }
        return new Passes.Outcome(List.of(averages(), percentiles()), steal, List.of(), List.of());
    }

    private List<Double> measure(RunningPeer peer) throws LabException {
        int sent = count + UNCOUNTED;
        String[] ping = {
            "ping",
            "-n",
            "-i",
            String.format(Locale.ROOT, "%.3f", INTERVAL.toNanos() / 1e9),
            "-c",
            Integer.toString(sent),
            peer.secondAddress()
        };
        CommandResult result =
                peer.place().one().run(INTERVAL.multipliedBy(sent).plus(END_LIMIT), ping);
        peer.ensureAlive();
        List<Double> times = times(result.output());
        if (times.size() * 100 < sent * FEWEST_ANSWERED_PERCENT || times.size() <= UNCOUNTED) {
            throw peer.failure("of %d pings %d were answered".formatted(sent, times.size()));
        }
        return times.subList(UNCOUNTED, times.size()).stream().sorted().toList();
    }

    /** Microseconds, in the order of the answers. */
    static List<Double> times(String output) {
        return TIME.matcher(output)
                .results()
                .map(match -> Double.parseDouble(match.group(1)) * MICROS_PER_MILLI)
                .toList();
    }

    private Section averages() {
        return new Section.Bars(
                "ping-average",
                TITLE + ": average",
                "One every %d ms, as ping(8) tells their time.".formatted(INTERVAL.toMillis()),
                Quantity.ROUND_TRIP,
                Optional.of(TapLoopback.OFFLOADED)
                        .filter(name ->
                                all.stream().anyMatch(each -> each.peer().name().equals(name))),
                all.stream()
                        .map(each -> new Bar(each.peer().name(), each.samples(Pings::average)))
                        .toList());
    }

    private Section percentiles() {
        List<Distribution> distributions = new ArrayList<>();
        for (Timed each : all) {
            List<Percentile> percentiles = new ArrayList<>();
            for (double percent : PERCENTS) {
                percentiles.add(new Percentile(percent, each.samples(round -> percentile(round, percent))));
            }
            distributions.add(new Distribution(each.peer().name(), percentiles));
        }
        return new Section.Percentiles(
                "ping", TITLE, "The same pings by percentile.", Quantity.ROUND_TRIP, distributions);
    }

    private static double average(List<Double> micros) {
        return micros.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The smallest that so many percent are not above. */
    static double percentile(List<Double> sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
