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

    static List<Row> plain(Site site, Sizes sizes) throws IOException {
        Cells cells = Cells.of(site, site.plain(), sizes.frames());
        return List.of(
                new Row(RowId.TAP_READ, "read", cells.reads),
                new Row(RowId.TAP_WRITE_DROPPED, "write, not for this host", cells.dropped),
                new Row(RowId.TAP_WRITE_SOCKET, "write, to a UDP socket", cells.delivered));
    }

    static List<Row> superFrames(Site site, Sizes sizes) throws IOException {
        Cells cells = Cells.of(site, site.superFrames(), sizes.superFrames());
        return List.of(
                new Row(RowId.TAP_READ_SUPER, "read of a super-frame", cells.reads),
                new Row(RowId.TAP_WRITE_SUPER_DROPPED, "write of a super-frame, not for this host", cells.dropped),
                new Row(RowId.TAP_WRITE_SUPER_SOCKET, "write of a super-frame, to a UDP socket", cells.delivered));
    }

    private record Cells(List<Row.Cell> reads, List<Row.Cell> dropped, List<Row.Cell> delivered) {
        static Cells of(Site site, Site.Port port, List<Integer> sizes) throws IOException {
            Cells cells = new Cells(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            TapQueueFiller filler = new TapQueueFiller(site, port);
            FrameSink nobody = FrameSink.nobody(port);
            FrameSink socket = FrameSink.socket(site, port);
            for (int bytes : sizes) {
                cells.reads.add(new Row.Cell(bytes, new TapReads(filler, bytes)));
                cells.dropped.add(new Row.Cell(bytes, new TapWrites(nobody, bytes)));
                cells.delivered.add(new Row.Cell(bytes, new TapWrites(socket, bytes)));
            }
            return cells;
        }
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
            int fd = filler.port().fd();
            int expected = filler.port().headerBytes() + bytes;
            for (int i = 0; i < frames; i++) {
                long done = Libc.read(fd, target.address(), Sizes.ROOM_BYTES);
                if (done != expected) {
                    throw KernelException.unexpected("read from the TAP", done);
                }
            }
            return frames;
        }
    }

    private static final class TapWrites implements Crossing {
        private final FrameSink sink;
        private final int frames;
        private final NativeMemory frame;

        TapWrites(FrameSink sink, int bytes) {
            this.sink = sink;
            this.frames = Sizes.batch(bytes);
            this.frame = sink.frame(bytes);
        }

        @Override
        public void prepare() {
            sink.empty();
        }

        @Override
        public int run() throws KernelException {
            int fd = sink.port().fd();
            for (int i = 0; i < frames; i++) {
                long done = Libc.write(fd, frame.address(), frame.bytes());
                if (done != frame.bytes()) {
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
