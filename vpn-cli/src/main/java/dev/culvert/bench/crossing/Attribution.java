package dev.culvert.bench.crossing;

import static dev.culvert.bench.crossing.Wording.bytes;
import static dev.culvert.bench.crossing.Wording.nanos;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which part of a frame's price is the crossing, which the copy, which the kernel's own stack; and which way is dearer. */
final class Attribution {
    private static final List<Integer> SIZES = List.of(Sizes.SMALLEST, Sizes.EVERYDAY, Sizes.LARGEST);

    private final Figures figures;

    Attribution(Figures figures) {
        this.figures = figures;
    }

    /** Of a crossing, of a read, of a write. */
    List<Section> parts() {
        return List.of(
                calls(),
                readLadder(Sizes.EVERYDAY),
                writeLadder(Sizes.EVERYDAY),
                readLadder(Sizes.LARGEST),
                writeLadder(Sizes.LARGEST));
    }

    /** Reads beside writes. */
    Section directions() {
        List<Section.Bar> bars = new ArrayList<>();
        StringBuilder text = new StringBuilder(
                "A frame through a TAP, one a system call. A write makes the kernel receive the"
                        + " frame inside the call; a read takes one that the kernel's stack has already made and queued.");
        for (int size : SIZES) {
            Samples read = figures.at(RowId.TAP_READ, size);
            Samples dropped = figures.at(RowId.TAP_WRITE_DROPPED, size);
            Samples delivered = figures.at(RowId.TAP_WRITE_SOCKET, size);
            bars.add(new Section.Bar("read, " + bytes(size), read));
            bars.add(new Section.Bar("write, not for this host, " + bytes(size), dropped));
            bars.add(new Section.Bar("write, to a UDP socket, " + bytes(size), delivered));
            text.append(" At %s a write that the stack drops at once %s; one that it delivers costs %s a read."
                    .formatted(
                            bytes(size),
                            compared(Wording.ratios(dropped, read)),
                            Wording.times(Wording.ratios(delivered, read))));
        }
        return new Section.Bars(
                "direction", "Is one direction dearer?", text.toString(), Quantity.COST, Optional.empty(), bars);
    }

    private static String compared(Samples ratios) {
        String verdict = switch (Verdict.of(ratios)) {
            case DEARER -> "is dearer than a read, ";
            case CHEAPER -> "is cheaper than a read, ";
            case NOT_TOLD_APART -> "is not told apart from a read, ";
        };
        return verdict + Wording.times(ratios);
    }

    private Section calls() {
        double systemCall = figures.at(RowId.SYSTEM_CALL).median();
        double withErrno = figures.at(RowId.SYSTEM_CALL_ERRNO).median();
        double java = figures.at(RowId.NATIVE_CALL_ERRNO).median();
        List<Section.Bar> bars = new ArrayList<>();
        for (RowId id :
                List.of(RowId.NATIVE_CALL, RowId.NATIVE_CALL_ERRNO, RowId.SYSTEM_CALL, RowId.SYSTEM_CALL_ERRNO)) {
            bars.add(new Section.Bar(figures.name(id), figures.at(id)));
        }
        String text =
                ("From Java into a C function that does nothing (abs) and back: %s. From Java into the kernel (getppid) and"
                                + " back: %s. Keeping errno, as every call does that can fail, adds %s to a system call (%s):"
                                + " such a bare system call takes %s, of which %s are the call from Java into C, and the crossing"
                                + " alone %s.")
                        .formatted(
                                nanos(figures.at(RowId.NATIVE_CALL).median()),
                                nanos(systemCall),
                                nanos(withErrno - systemCall),
                                Wording.percent(withErrno / systemCall - 1),
                                nanos(withErrno),
                                nanos(java),
                                nanos(withErrno - java));
        return new Section.Bars(
                "calls",
                "A system call that does nothing",
                text,
                Quantity.COST,
                Optional.of(figures.name(RowId.SYSTEM_CALL)),
                bars);
    }

    private Section readLadder(int size) {
        List<Section.Step> steps = untilCopied(size);
        steps.add(new Section.Step("TAP: take the frame from its queue, free it", figures.at(RowId.TAP_READ, size)));
        return ladder("read-" + size, "What a read of " + bytes(size) + " consists of", steps);
    }

    private Section writeLadder(int size) {
        List<Section.Step> steps = untilCopied(size);
        steps.add(
                new Section.Step("TAP: make a frame of it, hand it to IP", figures.at(RowId.TAP_WRITE_DROPPED, size)));
        steps.add(new Section.Step("IP and UDP, up to the socket", figures.at(RowId.TAP_WRITE_SOCKET, size)));
        return ladder("write-" + size, "What a write of " + bytes(size) + " consists of", steps);
    }

    private List<Section.Step> untilCopied(int size) {
        Samples crossing = figures.at(RowId.SYSTEM_CALL_ERRNO);
        List<Section.Step> steps = new ArrayList<>();
        steps.add(new Section.Step("call from Java into C", figures.at(RowId.NATIVE_CALL_ERRNO)));
        steps.add(new Section.Step("crossing into the kernel and back", crossing));
        // memcpy is called from Java as well, and that part of it is in the steps below already.
        Samples copy = Wording.difference(figures.at(RowId.COPY_LIBC, size), figures.at(RowId.NATIVE_CALL));
        steps.add(new Section.Step("copy", Wording.sum(crossing, copy)));
        return steps;
    }

    private static Section ladder(String id, String title, List<Section.Step> steps) {
        String text =
                "The copy is reckoned as fast as the same copy in user space; what it costs the kernel beyond that is in"
                        + " the step after it. Of the whole: ";
        double whole = steps.getLast().total().median();
        double below = 0;
        List<String> shares = new ArrayList<>();
        for (Section.Step step : steps) {
            double price = step.total().median() - below;
            shares.add(
                    price < 0
                            ? step.name() + ": less than the noise of this run"
                            : "%s %s (%s)".formatted(step.name(), nanos(price), Wording.percent(price / whole)));
            below = step.total().median();
        }
        return new Section.Ladder(id, title, text + String.join("; ", shares) + ".", Quantity.COST, steps);
    }
}
