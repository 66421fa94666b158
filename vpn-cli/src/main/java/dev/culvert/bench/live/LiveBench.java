package dev.culvert.bench.live;

import dev.culvert.bench.Progress;
import dev.culvert.bench.kernel.IcmpSocket;
import dev.culvert.bench.machine.CpuMeter;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.machine.StealMeter;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.cli.control.ControlClient;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Echo requests through a running tunnel, idle and at rates up to a cap, in rounds. */
public final class LiveBench {
    private static final Duration RECEIVE_LIMIT = Duration.ofMillis(50);
    private static final Duration GREETING = Duration.ofMillis(200);
    private static final int GREETINGS = 5; // with their grace several seconds: a handshake may have to come first
    private static final double GREETINGS_PER_SECOND = 10;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;

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
     * @param address behind a peer; when empty, the only one that tunnel and kernel know of
     * @throws IOException when no address is known, or none answers: with what can be done
     */
    public Report run(Optional<InetAddress> address) throws IOException, InterruptedException {
        TunnelStatus before = control.status(tunnel);
        InetAddress far = address.isPresent() ? address.get() : onlyOne(FarAddress.known(before));
        List<Probe> probes = Probe.upTo(settings.megabitsPerSecond(), before.mtu());
        short identifier = (short) new SplittableRandom().nextInt();
        Instant began = Instant.now();
        long beganNanos = System.nanoTime();
        Map<Probe, LiveFigures> figures = new LinkedHashMap<>();
        List<Double> steal = new ArrayList<>();
        try (IcmpSocket socket = IcmpSocket.open(far, tunnel, identifier, RECEIVE_LIMIT)) {
            Conversation conversation = new Conversation(socket, far instanceof Inet4Address);
            greet(conversation, far);
            CpuSource cpu = CpuSource.of(before);
            for (int round = 1; round <= settings.rounds(); round++) {
                StealMeter meter = StealMeter.start();
                for (Probe probe : probes) {
                    progress.onStep(
                            "round %d of %d: %s".formatted(round, settings.rounds(), probe.name()),
                            ((round - 1.0) * probes.size() + probes.indexOf(probe))
                                    / (settings.rounds() * probes.size()));
                    Optional<CpuMeter> used = cpu.start();
                    EchoStretch.Result result = conversation.ask(probe, settings.stretch());
                    Optional<Long> nanos =
                            used.isPresent() ? Optional.of(used.get().nanos()) : Optional.empty();
                    figures.computeIfAbsent(probe, LiveFigures::new).add(result, nanos);
                }
                steal.add(meter.percent());
            }
        }
        TunnelStatus after = control.status(tunnel);
        return new Report(
                Report.FORMAT,
                "live",
                began,
                (System.nanoTime() - beganNanos) / 1e9,
                "%s %s --rate %s --rounds %d --seconds %s"
                        .formatted(
                                tunnel,
                                far.getHostAddress(),
                                settings.megabitsPerSecond(),
                                settings.rounds(),
                                settings.stretch().toMillis() / 1000.0),
                Machine.environment(facts(before, far)),
                new Samples(steal),
                LiveFigures.sections(List.copyOf(figures.values())),
                LiveWarnings.of(before, after, figures.values()));
    }

    private InetAddress onlyOne(List<FarAddress> known) throws IOException {
        if (known.size() == 1) {
            return known.getFirst().address();
        }
        String remedy = "say which address to ask: culvert bench live " + tunnel + " ADDRESS";
        throw new IOException(
                known.isEmpty()
                        ? "%s: no address of the far side is known yet: %s".formatted(tunnel, remedy)
                        : "%s: several addresses are known, %s: %s"
                                .formatted(
                                        tunnel,
                                        String.join(
                                                ", ",
                                                known.stream()
                                                        .map(FarAddress::toString)
                                                        .toList()),
                                        remedy));
    }

    private void greet(Conversation conversation, InetAddress far) throws IOException, InterruptedException {
        progress.onStep("asking " + far.getHostAddress() + " through " + tunnel, 0);
        for (int i = 0; i < GREETINGS; i++) {
            if (conversation.ask(Probe.greeting(GREETINGS_PER_SECOND), GREETING).returned() > 0) {
                return;
            }
        }
        throw new IOException(
                "%s: %s does not answer echo requests through this tunnel: see culvert status %s; if that is well, the address is not behind a peer, or its host drops ICMP"
                        .formatted(tunnel, far.getHostAddress(), tunnel));
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

    /** Numbers every request once, over all probes. */
    private static final class Conversation {
        private final IcmpSocket socket;
        private final int ipHeaderBytes;
        private long nextSequence = 1;

        Conversation(IcmpSocket socket, boolean isV4) {
            this.socket = socket;
            this.ipHeaderBytes = isV4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
        }

        EchoStretch.Result ask(Probe probe, Duration length) throws IOException, InterruptedException {
            int payloadBytes = Math.max(
                    IcmpSocket.MIN_PAYLOAD_BYTES, probe.packetBytes() - ipHeaderBytes - IcmpSocket.HEADER_BYTES);
            EchoStretch.Result result =
                    new EchoStretch(socket, payloadBytes, probe.perSecond()).run(nextSequence, length);
            nextSequence += result.sent();
            return result;
        }
    }
}
