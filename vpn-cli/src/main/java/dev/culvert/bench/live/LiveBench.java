package dev.culvert.bench.live;

import dev.culvert.bench.Progress;
import dev.culvert.bench.kernel.IcmpSocket;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.result.Report;
import dev.culvert.cli.control.ControlClient;
import dev.culvert.crypto.Randomness;
import dev.culvert.time.MonotonicClock;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Echo requests through a running tunnel, idle and at rates up to a cap, in rounds. */
public final class LiveBench {
    private static final Duration GREETING = Duration.ofMillis(200);
    private static final int GREETINGS = 5; // with their patience several seconds: a handshake may have to come first
    private static final double GREETINGS_PER_SECOND = 10;

    private final ControlClient control;
    private final String tunnel;
    private final LiveSettings settings;
    private final Progress progress;

    public LiveBench(ControlClient control, String tunnel, LiveSettings settings, Progress progress) {
        this.control = control;
        this.tunnel = tunnel;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param isWhole false when the tunnel did not last for all rounds; the report says why
     */
    public record Outcome(Report report, boolean isWhole) {}

    /**
     * @param address behind a peer; when empty, the only one that tunnel and kernel know of
     * @throws IOException when no address is known, none answers, or not one round could be measured: with what can be done
     */
    public Outcome run(Optional<InetAddress> address) throws IOException, InterruptedException {
        TunnelStatus before = control.status(tunnel);
        InetAddress far = address.isPresent() ? address.get() : onlyOne(FarAddress.known(before));
        if (far.isAnyLocalAddress() || NetworkInterface.getByInetAddress(far) != null) {
            throw new IOException("%s: %s is an address of this host, which answers itself without the tunnel: %s"
                    .formatted(tunnel, far.getHostAddress(), remedy()));
        }
        Instant began = Instant.now();
        long beganNanos = System.nanoTime();
        LiveRounds rounds = new LiveRounds(control, before, settings, progress);
        Randomness random = Randomness.system();
        try (IcmpSocket socket = IcmpSocket.open(far, tunnel, (short) random.nextIndex())) {
            Conversation conversation =
                    new Conversation(socket, rounds.mostPerSecond(), MonotonicClock.system(), random);
            greet(conversation, far);
            rounds.run(conversation);
        }
        List<LiveFigures> figures = rounds.figures();
        List<String> warnings = new ArrayList<>();
        rounds.cutShort().ifPresent(warnings::add);
        warnings.addAll(LiveWarnings.of(before, rounds.after(), figures));
        Report report = new Report(
                Report.FORMAT,
                "live",
                began,
                (System.nanoTime() - beganNanos) / 1e9,
                asked(far),
                Machine.environment(facts(before, far)),
                rounds.stealPercent(),
                LiveFigures.sections(figures),
                warnings);
        return new Outcome(report, rounds.cutShort().isEmpty());
    }

    private String asked(InetAddress far) {
        return "%s %s --rate %s --rounds %d --seconds %s"
                .formatted(
                        tunnel,
                        far.getHostAddress(),
                        settings.megabitsPerSecond(),
                        settings.rounds(),
                        settings.stretch().toMillis() / 1000.0);
    }

    private InetAddress onlyOne(List<FarAddress> known) throws IOException {
        if (known.size() == 1) {
            return known.getFirst().address();
        }
        String found = known.isEmpty()
                ? "no address of the far side is known yet"
                : "several addresses are known, "
                        + known.stream().map(FarAddress::toString).collect(Collectors.joining(", "));
        throw new IOException("%s: %s: %s".formatted(tunnel, found, remedy()));
    }

    private String remedy() {
        return "say which address behind a peer to ask: culvert bench live " + tunnel + " ADDRESS";
    }

    private void greet(Conversation conversation, InetAddress far) throws IOException, InterruptedException {
        progress.onStep("asking " + far.getHostAddress() + " through " + tunnel, 0);
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < GREETINGS; i++) {
            Stretch stretch = conversation.ask(Probe.greeting(GREETINGS_PER_SECOND), GREETING);
            if (stretch.answered() > 0) {
                return;
            }
            stretches.add(stretch);
        }
        List<String> instead = LiveWarnings.ofStretches(stretches);
        throw new IOException(
                "%s: %s does not answer echo requests through this tunnel%s: see culvert status %s; if that is well, the address is not behind a peer, or its host drops ICMP"
                        .formatted(
                                tunnel,
                                far.getHostAddress(),
                                instead.isEmpty() ? "" : " (" + String.join("; ", instead) + ")",
                                tunnel));
    }

    private static Map<String, String> facts(TunnelStatus status, InetAddress far) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tunnel", status.name() + ", mode " + status.mode());
        facts.put("asked", far.getHostAddress());
        facts.put("MTU", Integer.toString(status.mtu()));
        facts.put("cipher", status.cipherInUse().text());
        facts.put("input and output", status.ioBackend());
        return facts;
    }
}
