package dev.culvert.bench.loopback;

import dev.culvert.bench.Progress;
import dev.culvert.bench.contest.Contest;
import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.machine.SystemCallCount;
import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.traffic.Iperf3;
import dev.culvert.bench.traffic.OwnGenerator;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two hosts and six ways between them, all up at once.
 *
 * <pre>
 *  left                                                                right
 *  eth0   10.64.1.1 ------------------ cable (veth) ------------------ 10.64.1.2 eth0
 *  loop0  10.64.2.1 ------- one process: plain TAP, by frames -------- 10.64.2.2 loop0
 *  loop1  10.64.3.1 ------- one process: plain TAP, offloads --------- 10.64.3.2 loop1
 *  udp0   10.64.4.1 -- carrier ----- UDP over the cable ----- carrier  10.64.4.2 udp0
 *  aead0  10.64.5.1 -- carrier --- UDP, sealed frames ------- carrier  10.64.5.2 aead0
 *  tun0   10.64.6.1 -- culvert up --- WireGuard, EtherIP - culvert up  10.64.6.2 tun0
 * </pre>
 */
public final class LoopbackBench {
    private static final Path TUN = Path.of("/dev/net/tun");

    private static final Net CABLE = new Net("eth0", 1);
    private static final Net PLAIN = new Net("loop0", 2);
    private static final Net OFFLOADS = new Net("loop1", 3);
    private static final Net UDP = new Net("udp0", 4);
    private static final Net AEAD = new Net("aead0", 5);
    private static final Net TUNNEL = new Net("culvert0", 6);

    private final LoopbackSettings settings;
    private final String commandLine;
    private final Progress progress;

    /** @param commandLine for the report: would be accepted again */
    public LoopbackBench(LoopbackSettings settings, String commandLine, Progress progress) {
        this.settings = settings;
        this.commandLine = commandLine;
        this.progress = progress;
    }

    /** @throws IOException naming what failed, and the remedy; nothing is left behind */
    public Report run() throws IOException {
        Instant began = Instant.now();
        long beganNanos = System.nanoTime();
        try (Lab lab = Lab.open(programs())) {
            ensureTapsCanBeMade();
            progress.onStep("starting what is to be measured", 0);
            LabHost left = lab.host("left");
            LabHost right = lab.host("right");
            Cable cable = Cable.lay(lab, left, right, CABLE, settings.cableMtu());
            CarrierPair.Starting udp = CarrierPair.start(left, right, cable, UDP, settings.mtu(), CarrierMain.BARE);
            TunnelPair tunnel = TunnelPair.start(lab, left, right, cable, TUNNEL, settings.mtu());
            CarrierPair.Starting sealed = CarrierPair.start(
                    left, right, cable, AEAD, settings.mtu(), tunnel.facts().engine());
            List<Subject> subjects = List.of(
                    cable,
                    PlainTap.start(lab, left, right, OFFLOADS, settings.mtu(), true),
                    PlainTap.start(lab, left, right, PLAIN, settings.mtu(), false),
                    udp.await(),
                    sealed.await(),
                    tunnel);
            Generator generator = settings.iperf3() ? new Iperf3(left, right) : new OwnGenerator(left, right);
            Contest contest = new Contest(generator, subjects, settings.workloads(), settings.contest());
            ContestResult result = contest.run(progress);
            progress.onStep("removing it", 1);
            return new Report(
                    Report.FORMAT,
                    "loopback",
                    began,
                    (System.nanoTime() - beganNanos) / 1e9,
                    commandLine,
                    environment(tunnel.facts(), generator),
                    result.stealPercent(),
                    LoopbackSections.of(result),
                    LoopbackWarnings.of(result, tunnel.complaints()));
        }
    }

    private String[] programs() {
        List<String> programs = new ArrayList<>();
        if (settings.iperf3()) {
            programs.add(Iperf3.PROGRAM);
        }
        if (settings.contest().countsSystemCalls()) {
            programs.add(SystemCallCount.PROGRAM);
        }
        return programs.toArray(String[]::new);
    }

    private static void ensureTapsCanBeMade() throws LabException {
        if (!Files.exists(TUN)) {
            throw new LabException(TUN + " is not there, so no TAP can be made: run: modprobe tun; a container needs it"
                    + " from its host (docker run --device " + TUN + ")");
        }
    }

    private Environment environment(TunnelStatus tunnel, Generator generator) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("inner MTU", Integer.toString(settings.mtu()));
        facts.put("cable", "veth, MTU %d, offloads as the kernel sets them".formatted(settings.cableMtu()));
        facts.put("cipher", tunnel.cipher() + " by " + tunnel.engine());
        facts.put("tunnel I/O", tunnel.ioBackend());
        facts.put("traffic", generator.name());
        facts.put(
                "rounds",
                "%d of %d ms each, order drawn from seed %d"
                        .formatted(
                                settings.contest().rounds(),
                                settings.contest().length().toMillis(),
                                settings.contest().seed()));
        return Machine.environment(facts);
    }
}
