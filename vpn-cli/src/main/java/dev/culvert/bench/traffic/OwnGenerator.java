package dev.culvert.bench.traffic;

import dev.culvert.bench.contest.Carried;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.TcpStreams;
import java.io.IOException;
import java.time.Duration;

/**
 * Culvert's own traffic, so that nothing has to be installed. Its processor time is this JVM's and nobody else's, but
 * where the cores are few it takes them from the subject, as every generator on the same machine does.
 */
public final class OwnGenerator implements Generator {
    /** Until TCP's windows have opened and the threads are awake. */
    private static final Duration RAMP = Duration.ofMillis(200);

    private final LabHost first;
    private final LabHost second;

    public OwnGenerator(LabHost first, LabHost second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public String name() {
        return "Culvert's own";
    }

    @Override
    public Carried run(Subject subject, Workload workload, Duration length, Window window) throws IOException {
        return switch (workload) {
            case Workload.TcpStreams tcp -> tcp(subject, tcp, length, window);
            case Workload.UdpRate udp -> udp(subject, udp, length, window);
            case Workload.RequestResponse request -> requests(subject, request, length, window);
        };
    }

    @Override
    public boolean flowsBeyondWindow(Workload workload) {
        return true;
    }

    private Carried tcp(Subject subject, Workload.TcpStreams tcp, Duration length, Window window) throws IOException {
        try (TcpStreams streams = tcp.reverse()
                ? TcpStreams.start(second, first, subject.firstAddress(), tcp.streams())
                : TcpStreams.start(first, second, subject.secondAddress(), tcp.streams())) {
            pause(RAMP);
            window.opens();
            long bytesBefore = streams.receivedBytes();
            long began = System.nanoTime();
            pause(length);
            long bytes = streams.receivedBytes() - bytesBefore;
            long nanos = System.nanoTime() - began;
            window.closes();
            return Carried.ofTcp(nanos, bytes);
        }
    }

    private Carried udp(Subject subject, Workload.UdpRate udp, Duration length, Window window) throws IOException {
        try (UdpFlow flow = UdpFlow.start(sockets(subject), udp.payloadBytes(), udp.packetsPerSecond())) {
            pause(RAMP);
            window.opens();
            flow.count();
            pause(length);
            long nanos = flow.endCount();
            window.closes();
            flow.stop();
            return flow.carried(nanos);
        }
    }

    private Carried requests(Subject subject, Workload.RequestResponse request, Duration length, Window window)
            throws IOException {
        try (Requests requests = Requests.start(sockets(subject), request.payloadBytes())) {
            requests.keepGoing(RAMP);
            window.opens();
            requests.count();
            requests.keepGoing(length);
            long nanos = requests.endCount();
            window.closes();
            return requests.carried(nanos);
        }
    }

    private UdpPair sockets(Subject subject) throws LabException {
        return UdpPair.open(first, subject.firstAddress(), second, subject.secondAddress());
    }

    static void pause(Duration length) throws LabException {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("traffic: interrupted", e);
        }
    }
}
