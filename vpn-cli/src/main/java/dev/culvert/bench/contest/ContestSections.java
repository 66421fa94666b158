package dev.culvert.bench.contest;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** A contest in the form of a report: for each workload what was carried, what it cost, and in how many crossings. */
public final class ContestSections {
    private static final double[] PERCENTS = {50, 90, 99, 99.9, 100};
    private static final double NANOS_PER_MICRO = 1e3;
    private static final Quantity AS_PERF_COUNTS =
            new Quantity("system calls, as perf counts", "calls/frame", Quantity.Better.LOWER);
    private static final String FRAME =
            "A frame is a full packet of payload, whatever it travelled in; acknowledgements cost and are not counted.";

    private final ContestResult result;
    private final Optional<String> reference;
    private final List<Section> sections = new ArrayList<>();

    private ContestSections(ContestResult result, Optional<String> reference) {
        this.result = result;
        this.reference = reference;
    }

    /** @param reference the name of the subject that the others are measured against */
    public static List<Section> of(ContestResult result, Optional<String> reference) {
        ContestSections all = new ContestSections(result, reference);
        for (Workload workload : result.workloads()) {
            switch (workload) {
                case Workload.TcpStreams _ -> all.addTcp(workload);
                case Workload.UdpRate udp -> all.addUdp(udp);
                case Workload.RequestResponse _ -> all.addRequests(workload);
            }
        }
        return all.sections;
    }

    private void addTcp(Workload workload) {
        bars(
                workload,
                "",
                Quantity.THROUGHPUT,
                "What arrived, payload of TCP.",
                each -> OptionalDouble.of(each.carried().gbitPerSecond()));
        bars(
                workload,
                "-frames",
                Quantity.FRAME_RATE,
                "Frames that arrived. " + FRAME,
                each -> OptionalDouble.of(each.framesPerSecond()));
        bars(
                workload,
                "-cpu",
                Quantity.CPU_PER_GIGABYTE,
                "CPU time of the processes of a subject, both ends, for each gigabyte of payload; the kernel's work on"
                        + " their time is inside, the generator's is not.",
                Measurement::cpuSecondsPerGigabyte);
        addCalls(workload);
    }

    private void addUdp(Workload.UdpRate workload) {
        bars(
                workload,
                "",
                workload.packetsPerSecond() == 0 ? Quantity.FRAME_RATE : Quantity.ARRIVAL_RATE,
                "Datagrams that arrived.",
                each -> OptionalDouble.of(each.framesPerSecond()));
        bars(
                workload,
                "-loss",
                Quantity.LOSS,
                "Datagrams that were sent and did not arrive.",
                each -> OptionalDouble.of(each.carried().lossPercent()));
        addCpuPerFrame(workload);
        addCalls(workload);
    }

    private void addRequests(Workload workload) {
        List<Section.Distribution> distributions = new ArrayList<>();
        for (String subject : result.subjects()) {
            distributions.add(new Section.Distribution(subject, percentiles(result.of(subject, workload))));
        }
        sections.add(new Section.Percentiles(
                workload.id(),
                workload.title(),
                "Round trips of one small UDP datagram at a time, from the sending program back to it. The next is sent when"
                        + " the last is back: a moment in which everything stands still is one long round trip, however"
                        + " many would have met it.",
                Quantity.ROUND_TRIP,
                distributions));
        addCpuPerFrame(workload);
        addCalls(workload);
    }

    private void addCpuPerFrame(Workload workload) {
        bars(
                workload,
                "-cpu",
                Quantity.CPU_PER_PACKET,
                "CPU time of the processes of a subject, both ends, for each packet that arrived; the kernel's work on"
                        + " their time is inside, the generator's is not.",
                Measurement::cpuMicrosPerFrame);
    }

    private void addCalls(Workload workload) {
        bars(
                workload,
                "-crossings",
                Quantity.CALLS_PER_FRAME,
                "System calls made for frames, both ends, for each frame that arrived, as the subjects count them. "
                        + FRAME,
                Measurement::crossingsPerFrame);
        bars(
                workload,
                "-system-calls",
                AS_PERF_COUNTS,
                "All system calls of a subject's processes, both ends, for each frame that arrived, as the kernel counts"
                        + " them. " + FRAME,
                Measurement::systemCallsPerFrame);
    }

    /** Nothing where no subject has the figure. */
    private void bars(
            Workload workload,
            String suffix,
            Quantity quantity,
            String explanation,
            Function<Measurement, OptionalDouble> figure) {
        List<Section.Bar> bars = new ArrayList<>();
        for (String subject : result.subjects()) {
            result.samples(subject, workload, figure).ifPresent(samples -> bars.add(new Section.Bar(subject, samples)));
        }
        if (!bars.isEmpty()) {
            String title = "%s: %s".formatted(workload.title(), quantity.name());
            Optional<String> measuredAgainst = reference.filter(
                    name -> bars.stream().anyMatch(bar -> bar.name().equals(name)));
            sections.add(new Section.Bars(workload.id() + suffix, title, explanation, quantity, measuredAgainst, bars));
        }
    }

    private static List<Section.Percentile> percentiles(List<Measurement> rounds) {
        List<Section.Percentile> percentiles = new ArrayList<>();
        for (double percent : PERCENTS) {
            List<Double> micros = new ArrayList<>();
            for (Measurement round : rounds) {
                Histogram histogram = round.carried().roundTrips().orElseThrow();
                micros.add(histogram.getValueAtPercentile(percent) / NANOS_PER_MICRO);
            }
            percentiles.add(new Section.Percentile(percent, new Samples(micros)));
        }
        return percentiles;
    }
}
