package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
                                + " until the kernel has let go of the pages is in the time, once a batch. "
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
        String atLargest = "at %s it takes %s the time of %s"
                .formatted(Wording.bytes(largest.bytes()), Wording.times(ratios(largest, plain)), figures.name(plain));
        OptionalLong from = paysFrom(zeroCopy, plain);
        String verdict = from.isPresent()
                ? "pays from " + Wording.bytes(from.getAsLong()) + " on"
                : "was at no size the cheaper one in every round";
        String copied = rows.hasCopied(zeroCopy) ? " The kernel reported that it copied after all." : "";
        return Optional.of("%s %s: %s.%s".formatted(figures.name(zeroCopy), verdict, atLargest, copied));
    }

    /** The smallest size from which on it was faster in every round. */
    private OptionalLong paysFrom(RowId zeroCopy, RowId plain) {
        OptionalLong from = OptionalLong.empty();
        for (Section.Point point : figures.points(zeroCopy).reversed()) {
            if (ratios(point, plain).highest() >= 1) {
                break;
            }
            from = OptionalLong.of(point.bytes());
        }
        return from;
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
