package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CommandResult;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.time.Duration;

/** The kernels' own pings. */
final class Pings {
    private static final int COUNT = 3;
    private static final int DEFAULT_PAYLOAD_BYTES = 56; // ping(8)

    private Pings() {}

    /** Every request is answered, and once only. */
    static void assertAnswered(LabHost from, String address) throws LabException {
        assertAnswered(from, address, DEFAULT_PAYLOAD_BYTES);
    }

    /** @param payloadBytes that every request and answer carries; they must not be cut up on the way */
    static void assertAnswered(LabHost from, String address, int payloadBytes) throws LabException {
        String ping = "ping -n -q -M do -c %d -i 0.1 -W 5 -s %d %s".formatted(COUNT, payloadBytes, address);
        CommandResult result = from.run(ping.split(" "));
        assertThat(result.output())
                .as("ping from %s to %s", from, address)
                .contains("%d received".formatted(COUNT))
                .contains(" 0% packet loss")
                .doesNotContain("duplicates");
    }

    /** Asks until an answer comes; returns how long that took. */
    static Duration untilAnswered(LabHost from, String address, Duration limit) throws LabException {
        long began = System.nanoTime();
        while (true) {
            boolean answered =
                    from.run("ping", "-n", "-q", "-c", "1", "-W", "1", address).succeeded();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (answered) {
                return took;
            }
            assertThat(took).as("%s without an answer from %s", from, address).isLessThan(limit);
        }
    }
}
