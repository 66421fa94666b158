package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.Uring;
import dev.culvert.bench.kernel.UringRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several frames of a TAP a system call, by io_uring: as many requests, submitted and awaited together. */
final class UringRows {
    private UringRows() {}

    static List<Row> of(Site site, Sizes sizes, Rings rings) throws IOException {
        TapQueueFiller filler = new TapQueueFiller(site, site.plain());
        FrameSink nobody = FrameSink.nobody(site.plain());
        return List.of(
                reads(RowId.TAP_READ_URING_1, filler, rings, 1, sizes),
                writes(RowId.TAP_WRITE_URING_1, nobody, rings, 1, sizes),
                reads(RowId.TAP_READ_URING_8, filler, rings, 8, sizes),
                writes(RowId.TAP_WRITE_URING_8, nobody, rings, 8, sizes),
                reads(RowId.TAP_READ_URING_64, filler, rings, 64, sizes),
                writes(RowId.TAP_WRITE_URING_64, nobody, rings, 64, sizes));
    }

    private static Row reads(RowId id, TapQueueFiller filler, Rings rings, int perCall, Sizes sizes)
            throws IOException {
        List<Row.Cell> cells = new ArrayList<>();
        for (int bytes : sizes.batched(perCall)) {
            cells.add(new Row.Cell(bytes, new Reads(rings.open(perCall), perCall, filler, bytes)));
        }
        return new Row(id, "io_uring read, " + perCall + " a crossing", cells);
    }

    private static Row writes(RowId id, FrameSink sink, Rings rings, int perCall, Sizes sizes) throws IOException {
        List<Row.Cell> cells = new ArrayList<>();
        for (int bytes : sizes.batched(perCall)) {
            Uring ring =
                    rings.open(perCall).request(UringRequest.WRITE, sink.port().fd(), sink.frame(bytes));
            cells.add(new Row.Cell(bytes, new RingBatch(ring, perCall, bytes)));
        }
        return new Row(id, "io_uring write, " + perCall + " a crossing", cells);
    }

    private static final class Reads implements Crossing {
        private final TapQueueFiller filler;
        private final int bytes;
        private final RingBatch batch;

        Reads(Uring ring, int perCall, TapQueueFiller filler, int bytes) {
            this.filler = filler;
            this.bytes = bytes;
            NativeMemory target = new NativeMemory(Sizes.ROOM_BYTES);
            this.batch =
                    new RingBatch(ring.request(UringRequest.READ, filler.port().fd(), target), perCall, bytes);
        }

        @Override
        public void prepare() throws IOException {
            filler.queue(batch.frames(), bytes);
        }

        @Override
        public int run() throws IOException {
            return batch.run();
        }
    }
}
