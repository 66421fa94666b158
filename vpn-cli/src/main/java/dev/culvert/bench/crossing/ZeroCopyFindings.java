package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether sending without a copy pays, and from what size on. */
final class ZeroCopyFindings {
    private static final Path VHOST_NET = Path.of("/dev/vhost-net");

    private final Figures figures;
    private final Rows rows;

    ZeroCopyFindings(Figures figures, Rows rows) {
        this.figures = figures;
        this.rows = rows;
    }

    List<Section> sections() {
        return Stream.of(away(), loopback()).flatMap(Optional::stream).toList();
    }

    private Optional<Section> away() {
        List<String> findings = new ArrayList<>();
        compare(RowId.SEND_ZERO_COPY, RowId.UDP_SEND_AWAY).ifPresent(findings::add);
        compare(RowId.SEND_URING_ZERO_COPY, RowId.SEND_URING).ifPresent(findings::add);
        compare(RowId.SEND_URING_ZERO_COPY_REGISTERED, RowId.SEND_URING).ifPresent(findings::add);
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        return new FittedCurves(figures)
                .rows(
                        RowId.UDP_SEND_AWAY,
                        RowId.SEND_ZERO_COPY,
                        RowId.SEND_URING,
                        RowId.SEND_URING_ZERO_COPY,
                        RowId.SEND_URING_ZERO_COPY_REGISTERED)
                .section(
                        "zero-copy",
                        "Sending without a copy, where there can be none",
                        "UDP towards a device that throws everything away before it copies: the best case there is. Waiting"
                                + " until the kernel has let go of the pages is in the time, once a batch. By io_uring a"
                                + " crossing carries " + ZeroCopyRows.PER_CALL
                                + " sends, with a copy as well as without, and that is once each; the other two rows are one"
                                + " send a crossing. "
                                + String.join(" ", findings) + " " + elsewhere());
    }

    private Optional<Section> loopback() {
        return compare(RowId.SEND_ZERO_COPY_LOOPBACK, RowId.UDP_SEND_LOOPBACK)
                .flatMap(finding -> new FittedCurves(figures)
                        .rows(RowId.UDP_SEND_LOOPBACK, RowId.SEND_ZERO_COPY_LOOPBACK)
                        .section(
                                "zero-copy-loopback",
                                "Sending without a copy to a socket of this machine",
                                "UDP over loopback, delivered to a socket. " + finding));
    }

    private Optional<String> compare(RowId zeroCopy, RowId plain) {
        if (!figures.has(zeroCopy) || !figures.has(plain)) {
            return Optional.empty();
        }
        Section.Point largest = figures.points(zeroCopy).getLast();
        Samples ratios = ratios(largest, plain);
        return Optional.of("%s %s: at %s it takes %s the time of: %s."
                .formatted(
                        figures.name(zeroCopy),
                        rows.hasCopied(zeroCopy)
                                ? "was none, the kernel reported that it copied after all"
                                : verdict(zeroCopy, plain, Verdict.of(ratios)),
                        Wording.bytes(largest.bytes()),
                        Wording.times(ratios),
                        figures.name(plain)));
    }

    private String verdict(RowId zeroCopy, RowId plain, Verdict atLargest) {
        return switch (atLargest) {
            case CHEAPER -> "pays from " + Wording.bytes(paysFrom(zeroCopy, plain)) + " on";
            case DEARER -> "does not pay";
            case NOT_TOLD_APART -> "is not told apart from a copy";
        };
    }

    /** The smallest size from which on it was cheaper. */
    private long paysFrom(RowId zeroCopy, RowId plain) {
        return figures.points(zeroCopy).reversed().stream()
                .takeWhile(point -> Verdict.of(ratios(point, plain)) == Verdict.CHEAPER)
                .mapToLong(Section.Point::bytes)
                .min()
                .orElseThrow();
    }

    private Samples ratios(Section.Point zeroCopy, RowId plain) {
        return Wording.ratios(zeroCopy.samples(), figures.at(plain, Math.toIntExact(zeroCopy.bytes())));
    }

    private static String elsewhere() {
        return (Files.exists(VHOST_NET)
                        ? "vhost-net (/dev/vhost-net is there) serves virtual machines, not programs"
                        : "vhost-net cannot run here: there is no /dev/vhost-net")
                + "; AF_XDP needs the driver of a network card for zero copy, which TAPs do not have: neither is measured.";
    }
}
