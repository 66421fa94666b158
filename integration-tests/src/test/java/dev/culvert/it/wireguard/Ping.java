package dev.culvert.it.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabProcess;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ping that runs beside the test. */
final class Ping {
    private static final Pattern SUMMARY =
            Pattern.compile("(?<sent>\\d+) packets transmitted, (?<received>\\d+) received(?<more>.*)");
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final LabProcess process;
    private final Duration limit;

    private Ping(LabProcess process, Duration limit) {
        this.process = process;
        this.limit = limit;
    }

    /**
     * What became of it.
     *
     * @param duplicates a request was answered twice
     */
    record Answers(int sent, int received, boolean duplicates) {}

    static Ping start(LabHost from, String address, int count, Duration interval, int bytes) throws LabException {
        LabProcess process = from.start(
                "ping",
                "-n",
                "-q",
                "-c",
                Integer.toString(count),
                "-i",
                Double.toString(interval.toMillis() / 1000.0),
                "-s",
                Integer.toString(bytes),
                "-W",
                "5",
                address);
        return new Ping(process, interval.multipliedBy(count).plus(GRACE));
    }

    /** A few requests, each of which must be answered. */
    static void answers(LabHost from, String address) throws LabException {
        assertEachAnswered(start(from, address, 3, Duration.ofMillis(50), 56).await());
    }

    static void assertEachAnswered(Answers answers) {
        assertThat(answers).isEqualTo(new Answers(answers.sent(), answers.sent(), false));
    }

    Answers await() throws LabException {
        String line =
                process.awaitLine("a summary", text -> SUMMARY.matcher(text).find(), limit);
        Matcher summary = SUMMARY.matcher(line);
        assertThat(summary.find()).isTrue();
        return new Answers(
                Integer.parseInt(summary.group("sent")),
                Integer.parseInt(summary.group("received")),
                summary.group("more").contains("duplicates"));
    }
}
