package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.Libc;
import dev.culvert.bench.kernel.NativeMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Frames read from a TAP and written to it, one a system call. */
final class TapRows {
    private TapRows() {}

    static List<Row> of(Site site, Sizes sizes) throws IOException {
        TapQueueFiller filler = new TapQueueFiller(site);
        List<Row.Cell> reads = new ArrayList<>();
        List<Row.Cell> dropped = new ArrayList<>();
        List<Row.Cell> delivered = new ArrayList<>();
        FrameSink nobody = FrameSink.nobody(site);
        FrameSink socket = FrameSink.socket(site);
        for (int bytes : sizes.frames()) {
            reads.add(new Row.Cell(bytes, new TapReads(filler, bytes)));
            dropped.add(new Row.Cell(bytes, new TapWrites(nobody, bytes)));
            delivered.add(new Row.Cell(bytes, new TapWrites(socket, bytes)));
        }
        return List.of(
                new Row(RowId.TAP_READ, "read", reads),
                new Row(RowId.TAP_WRITE_DROPPED, "write, not for this host", dropped),
                new Row(RowId.TAP_WRITE_SOCKET, "write, to a UDP socket", delivered));
    }

    private static final class TapReads implements Crossing {
        private final TapQueueFiller filler;
        private final int bytes;
        private final int frames;
        private final NativeMemory target;

        TapReads(TapQueueFiller filler, int bytes) {
            this.filler = filler;
            this.bytes = bytes;
            this.frames = Sizes.batch(bytes);
            this.target = new NativeMemory(Sizes.ROOM_BYTES);
        }

        @Override
        public void prepare() throws IOException {
            filler.queue(frames, bytes);
        }

        @Override
        public int run() throws KernelException {
            for (int i = 0; i < frames; i++) {
                long done = Libc.read(filler.tap(), target.address(), Sizes.ROOM_BYTES);
                if (done != bytes) {
                    throw KernelException.unexpected("read from the TAP", done);
                }
            }
            return frames;
        }
    }

    private static final class TapWrites implements Crossing {
        private final FrameSink sink;
        private final int bytes;
        private final int frames;
        private final NativeMemory frame;

        TapWrites(FrameSink sink, int bytes) {
            this.sink = sink;
            this.bytes = bytes;
            this.frames = Sizes.batch(bytes);
            this.frame = sink.frame(bytes);
        }

        @Override
        public int run() throws KernelException {
            for (int i = 0; i < frames; i++) {
                long done = Libc.write(sink.tap(), frame.address(), bytes);
                if (done != bytes) {
                    throw KernelException.unexpected("write to the TAP", done);
                }
            }
            return frames;
        }

        @Override
        public void settle() throws IOException {
            sink.expect(frames);
        }
    }
}
