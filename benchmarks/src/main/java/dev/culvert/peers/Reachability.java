package dev.culvert.peers;

import dev.culvert.lab.CommandResult;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must be true of a peer before anything is measured, by ping(8); otherwise an exception with what both ends printed. */
record Reachability(RunningPeer peer) {
    private static final Duration FULL_PACKETS_LIMIT = Duration.ofSeconds(5);
    private static final int IPV4_AND_ICMP_HEADERS = 20 + 8;
    private static final int LARGEST_PAYLOAD = 65_535 - IPV4_AND_ICMP_HEADERS;
    private static final Pattern TOO_LONG = Pattern.compile("(?s).*too long, mtu[:=] ?(\\d+).*");

    /** Answers from either side. */
    void await(Duration limit) throws LabException {
        await(peer.place().one(), limit, "does not connect", peer.secondAddress());
        await(peer.place().two(), limit, "does not connect", peer.firstAddress());
    }

    /** Its devices have the MTU they should have, and full packets pass either way in one piece. */
    void ensureMtu() throws LabException {
        ensureMtu(peer.place().one(), peer.secondAddress());
        ensureMtu(peer.place().two(), peer.firstAddress());
    }

    private void ensureMtu(LabHost from, String address) throws LabException {
        CommandResult tooLarge = ping(from, "0.1", wholeOf(LARGEST_PAYLOAD, address)); // refused at once, or never
        Matcher refused = TOO_LONG.matcher(tooLarge.output());
        if (!refused.matches() || Integer.parseInt(refused.group(1)) != peer.mtu()) {
            throw peer.failure("its device in %s has another MTU than %d: %s"
                    .formatted(from, peer.mtu(), tooLarge.output().strip()));
        }
        String failure = "packets of %d bytes do not pass".formatted(peer.mtu());
        await(from, FULL_PACKETS_LIMIT, failure, wholeOf(peer.mtu() - IPV4_AND_ICMP_HEADERS, address));
    }

    private static String[] wholeOf(int payloadBytes, String address) {
        return new String[] {"-M", "do", "-s", Integer.toString(payloadBytes), address};
    }

    private void await(LabHost from, Duration limit, String failure, String... arguments) throws LabException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!ping(from, "1", arguments).succeeded()) {
            boolean gone = !peer.isAlive();
            if (gone || System.nanoTime() - deadlineNanos >= 0) {
                throw peer.failure("%s: %s gets no answer%s".formatted(failure, from, gone ? ", an end is gone" : ""));
            }
        }
    }

    private static CommandResult ping(LabHost from, String seconds, String... arguments) throws LabException {
        Stream<String> once = Stream.of("ping", "-n", "-c", "1", "-W", seconds);
        return from.run(Stream.concat(once, Stream.of(arguments)).toArray(String[]::new));
    }
}
