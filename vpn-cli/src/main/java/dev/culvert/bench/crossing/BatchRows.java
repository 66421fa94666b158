package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.MessageBatch;
import dev.culvert.bench.kernel.NativeMemory;
import java.io.IOException;
import java.util.List;

/** Several datagrams a system call: sendmmsg(2) and recvmmsg(2). */
final class BatchRows {
    private BatchRows() {}

    static List<Row> of(Site site, Sizes sizes) throws IOException {
        UdpPath away = UdpPath.away(site);
        UdpPath loopback = UdpPath.loopback(site);
        return List.of(
                sends(RowId.UDP_SEND_BATCH_1, away, 1, sizes),
                sends(RowId.UDP_SEND_BATCH_8, away, 8, sizes),
                sends(RowId.UDP_SEND_BATCH_64, away, 64, sizes),
                receives(RowId.UDP_RECEIVE_BATCH_1, loopback, 1, sizes),
                receives(RowId.UDP_RECEIVE_BATCH_8, loopback, 8, sizes),
                receives(RowId.UDP_RECEIVE_BATCH_64, loopback, 64, sizes));
    }

    private static Row sends(RowId id, UdpPath away, int perCall, Sizes sizes) {
        List<Row.Cell> cells = sizes.batched(perCall).stream()
                .map(bytes -> new Row.Cell(bytes, new Sends(away, perCall, bytes)))
                .toList();
        return new Row(id, "sendmmsg of " + perCall, cells);
    }

    private static Row receives(RowId id, UdpPath loopback, int perCall, Sizes sizes) {
        List<Row.Cell> cells = sizes.batched(perCall).stream()
                .map(bytes -> new Row.Cell(bytes, new Receives(loopback, perCall, bytes)))
                .toList();
        return new Row(id, "recvmmsg of " + perCall, cells);
    }

    private static final class Sends implements Crossing {
        private final UdpPath path;
        private final int perCall;
        private final int frames;
        private final MessageBatch batch;

        Sends(UdpPath path, int perCall, int bytes) {
            this.path = path;
            this.perCall = perCall;
            this.frames = Sizes.batch(bytes, perCall);
            this.batch = new MessageBatch(new NativeMemory(bytes), perCall);
        }

        @Override
        public int run() throws IOException {
            int fd = path.sender().fd();
            for (int sent = 0; sent < frames; sent += perCall) {
                batch.send(fd);
            }
            return frames;
        }
    }

    private static final class Receives implements Crossing {
        private final UdpPath path;
        private final int perCall;
        private final int bytes;
        private final int frames;
        private final MessageBatch batch;

        Receives(UdpPath path, int perCall, int bytes) {
            this.path = path;
            this.perCall = perCall;
            this.bytes = bytes;
            this.frames = Sizes.batch(bytes, perCall);
            this.batch = new MessageBatch(new NativeMemory(bytes), perCall);
        }

        @Override
        public void prepare() throws IOException {
            path.fill(frames, bytes);
        }

        @Override
        public int run() throws IOException {
            int fd = path.receiver().orElseThrow().fd();
            for (int received = 0; received < frames; received += perCall) {
                batch.receive(fd);
            }
            return frames;
        }
    }
}
