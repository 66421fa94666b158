package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.Uring;
import dev.culvert.bench.kernel.UringRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several frames of a TAP a system call, by io_uring: as many requests, submitted and awaited together. */
final class UringRows {
    private static final int FRAMES = 64;

    private UringRows() {}

    static List<Row> of(Site site, Sizes sizes, Rings rings) throws IOException {
        TapQueueFiller filler = new TapQueueFiller(site, site.plain());
        FrameSink nobody = FrameSink.nobody(site.plain());
        List<Row> rows = new ArrayList<>();
        RowId[] reads = {RowId.TAP_READ_URING_1, RowId.TAP_READ_URING_8, RowId.TAP_READ_URING_64};
        RowId[] writes = {RowId.TAP_WRITE_URING_1, RowId.TAP_WRITE_URING_8, RowId.TAP_WRITE_URING_64};
        int[] perCall = {1, 8, 64};
        for (int i = 0; i < perCall.length; i++) {
            List<Row.Cell> readCells = new ArrayList<>();
            List<Row.Cell> writeCells = new ArrayList<>();
            for (int bytes : sizes.batched()) {
                readCells.add(new Row.Cell(bytes, new Reads(rings.open(perCall[i]), perCall[i], filler, bytes)));
                writeCells.add(new Row.Cell(bytes, new Writes(rings.open(perCall[i]), perCall[i], nobody, bytes)));
            }
            rows.add(new Row(reads[i], "io_uring read, " + perCall[i] + " a crossing", readCells));
            rows.add(new Row(writes[i], "io_uring write, " + perCall[i] + " a crossing", writeCells));
        }
        return rows;
    }

    private static final class Reads implements Crossing {
        private final Uring ring;
        private final int perCall;
        private final TapQueueFiller filler;
        private final int bytes;
        private final NativeMemory target = new NativeMemory(Sizes.ROOM_BYTES);

        Reads(Uring ring, int perCall, TapQueueFiller filler, int bytes) {
            this.ring = ring.request(UringRequest.READ, filler.port().fd(), target.address(), Sizes.ROOM_BYTES);
            this.perCall = perCall;
            this.filler = filler;
            this.bytes = bytes;
        }

        @Override
        public void prepare() throws IOException {
            filler.queue(FRAMES, bytes);
        }

        @Override
        public int run() throws IOException {
            for (int read = 0; read < FRAMES; read += perCall) {
                ring.run(bytes);
            }
            return FRAMES;
        }
    }

    private static final class Writes implements Crossing {
        private final Uring ring;
        private final int perCall;
        private final NativeMemory frame; // held: the requests point there
        private final int bytes;

        Writes(Uring ring, int perCall, FrameSink sink, int bytes) {
            this.frame = sink.frame(bytes);
            this.ring = ring.request(UringRequest.WRITE, sink.port().fd(), frame.address(), bytes);
            this.perCall = perCall;
            this.bytes = bytes;
        }

        @Override
        public int run() throws IOException {
            for (int written = 0; written < FRAMES; written += perCall) {
                ring.run(bytes);
            }
            return FRAMES;
        }
    }
}
