package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Each way of carrying frames, by their size. */
final class CurveFindings {
    private static final String WARM = "Time for a frame, everything warm in the processor's caches.";
    private static final String BY_RING =
            " io_uring is the only way to carry several frames of a TAP in one system call: there"
                    + " is no recvmmsg for it, and readv and writev spread one frame over several buffers.";

    private final Figures figures;

    CurveFindings(Figures figures) {
        this.figures = figures;
    }

    List<Section> sections() {
        return Stream.of(
                        copies(),
                        tapReads(),
                        tapWrites(),
                        tapReadBatches(),
                        tapWriteBatches(),
                        udpSends(),
                        udpReceives(),
                        udpSendBatches(),
                        udpReceiveBatches())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Section> copies() {
        return new FittedCurves(figures)
                .part(RowId.COPY_JVM, "small", FittedCurves::isInFirstCache)
                .part(RowId.COPY_JVM, "large", bytes -> !FittedCurves.isInFirstCache(bytes))
                .part(RowId.COPY_LIBC, "small", FittedCurves::isInFirstCache)
                .part(RowId.COPY_LIBC, "large", bytes -> !FittedCurves.isInFirstCache(bytes))
                .section(
                        "copy",
                        "The same copy inside user space",
                        "From one direct buffer to another, again and again the same two, so they are warm. Small copies have"
                                + " both buffers in the first cache, large ones do not: each has a line of its own.");
    }

    private Optional<Section> tapReads() {
        return new FittedCurves(figures)
                .rows(RowId.TAP_READ, RowId.TAP_READ_SUPER)
                .inWords()
                .section(
                        "tap-read",
                        "Reading from a TAP: kernel to user space",
                        WARM
                                + " The frames were queued before, untimed, so the network stack that made them is not in it."
                                + " A super-frame is what the kernel hands over uncut, behind a vnet_hdr: several everyday"
                                + " frames in one read.");
    }

    private Optional<Section> tapWrites() {
        Samples dropped = figures.at(RowId.TAP_WRITE_DROPPED, Sizes.EVERYDAY);
        Samples delivered = figures.at(RowId.TAP_WRITE_SOCKET, Sizes.EVERYDAY);
        return new FittedCurves(figures)
                .rows(
                        RowId.TAP_WRITE_DROPPED,
                        RowId.TAP_WRITE_SOCKET,
                        RowId.TAP_WRITE_SUPER_DROPPED,
                        RowId.TAP_WRITE_SUPER_SOCKET)
                .inWords()
                .section(
                        "tap-write",
                        "Writing to a TAP: user space to kernel",
                        WARM
                                + " The kernel receives the frame inside the call. One that is not for this host is dropped"
                                + " at the entrance of IP: what is left is the crossing, the copy and the device. One for a"
                                + " UDP socket goes all the way up: at %s that takes %s instead of %s."
                                        .formatted(
                                                Wording.bytes(Sizes.EVERYDAY),
                                                Wording.nanos(delivered.median()),
                                                Wording.nanos(dropped.median())));
    }

    private Optional<Section> tapReadBatches() {
        return batches(
                "tap-read-batches",
                "Several frames of a TAP a crossing: read",
                BY_RING,
                RowId.TAP_READ,
                RowId.TAP_READ_URING_1,
                RowId.TAP_READ_URING_8,
                RowId.TAP_READ_URING_64);
    }

    private Optional<Section> tapWriteBatches() {
        return batches(
                "tap-write-batches",
                "Several frames of a TAP a crossing: write",
                BY_RING,
                RowId.TAP_WRITE_DROPPED,
                RowId.TAP_WRITE_URING_1,
                RowId.TAP_WRITE_URING_8,
                RowId.TAP_WRITE_URING_64);
    }

    private Optional<Section> udpSends() {
        return new FittedCurves(figures)
                .rows(RowId.UDP_SEND_AWAY, RowId.UDP_SEND_LOOPBACK, RowId.UDP_SEND_SEGMENTED)
                .inWords()
                .section(
                        "udp-send",
                        "Sending UDP: user space to kernel",
                        "Time for a send, by its payload, everything warm. Towards a device that throws everything away, it is"
                                + " the crossing, the copy, and the stack on its way down; over loopback, inside the same"
                                + " call, also the stack on its way up to the receiving socket. UDP_SEGMENT carries many"
                                + " datagrams of " + Sizes.SEGMENT_BYTES
                                + " bytes in one send, and the device takes them"
                                + " uncut.");
    }

    private Optional<Section> udpReceives() {
        return new FittedCurves(figures)
                .rows(RowId.UDP_RECEIVE, RowId.UDP_RECEIVE_COALESCED)
                .inWords()
                .section(
                        "udp-receive",
                        "Receiving UDP: kernel to user space",
                        "Time for a receive, by its payload, everything warm. The datagrams waited in the socket, so the stack"
                                + " that brought them there is not in it. With UDP_GRO one receive brings many datagrams of "
                                + Sizes.SEGMENT_BYTES + " bytes.");
    }

    private Optional<Section> udpSendBatches() {
        return batches(
                "udp-send-batches",
                "Several datagrams a crossing: sendmmsg",
                "",
                RowId.UDP_SEND_AWAY,
                RowId.UDP_SEND_BATCH_1,
                RowId.UDP_SEND_BATCH_8,
                RowId.UDP_SEND_BATCH_64);
    }

    private Optional<Section> udpReceiveBatches() {
        return batches(
                "udp-receive-batches",
                "Several datagrams a crossing: recvmmsg",
                "",
                RowId.UDP_RECEIVE,
                RowId.UDP_RECEIVE_BATCH_1,
                RowId.UDP_RECEIVE_BATCH_8,
                RowId.UDP_RECEIVE_BATCH_64);
    }

    /** @param batches ascending, by what they carry a crossing */
    private Optional<Section> batches(String id, String title, String remark, RowId alone, RowId... batches) {
        if (Stream.of(batches).noneMatch(figures::has)) {
            return Optional.empty();
        }
        return new FittedCurves(figures)
                .rows(alone)
                .rows(batches)
                .section(id, title, WARM + remark + largest(batches[batches.length - 1], alone));
    }

    private String largest(RowId batch, RowId alone) {
        if (!figures.has(batch) || !figures.has(alone)) {
            return "";
        }
        return " No batch has more bytes waiting than the caches hold: 64 a crossing ends at %s; at %s it takes %s instead of %s, %s the time."
                .formatted(
                        Wording.bytes(figures.points(batch).getLast().bytes()),
                        Wording.bytes(Sizes.EVERYDAY),
                        Wording.nanos(figures.at(batch, Sizes.EVERYDAY).median()),
                        Wording.nanos(figures.at(alone, Sizes.EVERYDAY).median()),
                        Wording.times(
                                Wording.ratios(figures.at(batch, Sizes.EVERYDAY), figures.at(alone, Sizes.EVERYDAY))));
    }
}
