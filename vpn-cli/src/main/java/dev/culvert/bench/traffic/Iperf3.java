package dev.culvert.bench.traffic;

import dev.culvert.bench.contest.Carried;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import dev.culvert.lab.CommandResult;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * iperf3 as it is installed: for whoever trusts it more than us. Everything it carries counts, its first moments too.
 * What it does not know, request and response, our own generator does.
 */
public final class Iperf3 implements Generator {
    public static final String PROGRAM = "iperf3";

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    /** On top of the length it was asked for. */
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final LabHost first;
    private final LabHost second;
    private final Generator requests;

    public Iperf3(LabHost first, LabHost second) {
        this.first = first;
        this.second = second;
        this.requests = new OwnGenerator(first, second);
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public Carried run(Subject subject, Workload workload, Duration length, Window window) throws IOException {
        return switch (workload) {
            case Workload.TcpStreams tcp -> tcp(subject, tcp, length, window);
            case Workload.UdpRate udp -> udp(subject, udp, length, window);
            case Workload.RequestResponse _ -> requests.run(subject, workload, length, window);
        };
    }

    @Override
    public boolean flowsBeyondWindow(Workload workload) {
        return workload instanceof Workload.RequestResponse && requests.flowsBeyondWindow(workload);
    }

    private Carried tcp(Subject subject, Workload.TcpStreams tcp, Duration length, Window window) throws IOException {
        List<String> options = new ArrayList<>(List.of("-P", Integer.toString(tcp.streams())));
        if (tcp.reverse()) {
            options.add("-R");
        }
        Iperf3Report.Sum received = run(subject, length, window, options).received();
        return Carried.ofTcp(nanos(received), received.bytes());
    }

    private Carried udp(Subject subject, Workload.UdpRate udp, Duration length, Window window) throws IOException {
        long bitsPerSecond = (long) udp.packetsPerSecond() * udp.payloadBytes() * Byte.SIZE;
        String payloadBytes = Integer.toString(udp.payloadBytes());
        Iperf3Report.Sum sum = run(
                        subject, length, window, List.of("-u", "-b", Long.toString(bitsPerSecond), "-l", payloadBytes))
                .sum();
        long arrived = sum.packets() - sum.lost();
        return new Carried(nanos(sum), arrived * udp.payloadBytes(), sum.packets(), arrived, Optional.empty());
    }

    private Iperf3Report run(Subject subject, Duration length, Window window, List<String> options) throws IOException {
        LabProcess server = second.start(PROGRAM, "-s", "-1", "-B", subject.secondAddress(), "--forceflush");
        try {
            server.awaitLine("Server listening", START_LIMIT);
            List<String> client = new ArrayList<>(List.of(
                    PROGRAM, "-J", "-c", subject.secondAddress(), "-B", subject.firstAddress(), "-t", seconds(length)));
            client.addAll(options);
            window.opens();
            CommandResult result = first.run(length.plus(END_LIMIT), client.toArray(String[]::new));
            window.closes();
            return Iperf3Report.parse(result.output());
        } catch (LabException e) {
            throw new LabException("%s, %s: %s".formatted(PROGRAM, subject.name(), e.getMessage()), e);
        } finally {
            server.close();
        }
    }

    /** It takes whole seconds only: a warm-up may be a little longer than it was asked for. */
    private static String seconds(Duration length) {
        return String.format(Locale.ROOT, "%d", Math.max(1, Math.round(length.toMillis() / 1e3)));
    }

    private static long nanos(Iperf3Report.Sum sum) {
        return (long) (sum.seconds() * 1e9);
    }
}
