package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.MessageBatch;
import dev.culvert.bench.kernel.NativeMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several datagrams a system call: sendmmsg(2) and recvmmsg(2). */
final class BatchRows {
    private static final int FRAMES = 64;

    private BatchRows() {}

    static List<Row> of(Site site, Sizes sizes) throws IOException {
        List<Row> rows = new ArrayList<>();
        rows.add(row(RowId.UDP_SEND_BATCH_1, "sendmmsg of 1", new Kind(UdpPath.away(site), 1, true), sizes));
        rows.add(row(RowId.UDP_SEND_BATCH_8, "sendmmsg of 8", new Kind(UdpPath.away(site), 8, true), sizes));
        rows.add(row(RowId.UDP_SEND_BATCH_64, "sendmmsg of 64", new Kind(UdpPath.away(site), 64, true), sizes));
        rows.add(row(RowId.UDP_RECEIVE_BATCH_1, "recvmmsg of 1", new Kind(UdpPath.loopback(site), 1, false), sizes));
        rows.add(row(RowId.UDP_RECEIVE_BATCH_8, "recvmmsg of 8", new Kind(UdpPath.loopback(site), 8, false), sizes));
        rows.add(row(RowId.UDP_RECEIVE_BATCH_64, "recvmmsg of 64", new Kind(UdpPath.loopback(site), 64, false), sizes));
        return rows;
    }

    private record Kind(UdpPath path, int perCall, boolean sending) {}

    private static Row row(RowId id, String name, Kind kind, Sizes sizes) {
        return new Row(
                id,
                name,
                sizes.batched().stream()
                        .map(bytes ->
                                new Row.Cell(bytes, kind.sending ? new Sends(kind, bytes) : new Receives(kind, bytes)))
                        .toList());
    }

    private static final class Sends implements Crossing {
        private final Kind kind;
        private final MessageBatch batch;

        Sends(Kind kind, int bytes) {
            this.kind = kind;
            this.batch = new MessageBatch(new NativeMemory(bytes), kind.perCall, bytes);
        }

        @Override
        public int run() throws IOException {
            int fd = kind.path.sender().fd();
            for (int sent = 0; sent < FRAMES; sent += kind.perCall) {
                batch.send(fd);
            }
            return FRAMES;
        }
    }

    private static final class Receives implements Crossing {
        private final Kind kind;
        private final int bytes;
        private final MessageBatch batch;

        Receives(Kind kind, int bytes) {
            this.kind = kind;
            this.bytes = bytes;
            this.batch = new MessageBatch(new NativeMemory(bytes), kind.perCall, bytes);
        }

        @Override
        public void prepare() throws IOException {
            kind.path.send(FRAMES, bytes);
        }

        @Override
        public int run() throws IOException {
            int fd = kind.path.receiver().orElseThrow().fd();
            for (int received = 0; received < FRAMES; received += kind.perCall) {
                batch.receive(fd);
            }
            return FRAMES;
        }
    }
}
