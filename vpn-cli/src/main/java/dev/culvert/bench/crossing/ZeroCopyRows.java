package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.Uring;
import dev.culvert.bench.kernel.UringRequest;
import dev.culvert.bench.kernel.ZeroCopySocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Datagrams that are sent without copying them, where the kernel can: it then holds on to the pages until the device is
 * done with them. Waiting for that is timed too, once a batch, because nobody may write there again before. By io_uring
 * also with a copy, for comparison.
 */
final class ZeroCopyRows {
    /** What a crossing by io_uring carries: as many as make a batch of the largest. */
    static final int PER_CALL = 4;

    static final List<ByRing> BY_RING = List.of(
            new ByRing(RowId.SEND_URING, "SEND", UringRequest.SEND),
            new ByRing(RowId.SEND_URING_ZERO_COPY, "SEND_ZC", UringRequest.SEND_ZERO_COPY),
            new ByRing(
                    RowId.SEND_URING_ZERO_COPY_REGISTERED,
                    "SEND_ZC of a registered buffer",
                    UringRequest.SEND_ZERO_COPY_REGISTERED));

    record ByRing(RowId id, String what, UringRequest request) {
        String name() {
            return "io_uring " + what + ", " + PER_CALL + " a crossing";
        }
    }

    private ZeroCopyRows() {}

    static Row flaggedAway(Site site, Sizes sizes) throws IOException {
        return flagged(RowId.SEND_ZERO_COPY, "send with MSG_ZEROCOPY", UdpPath.away(site), sizes);
    }

    static Row flaggedOverLoopback(Site site, Sizes sizes) throws IOException {
        String name = "send with MSG_ZEROCOPY over loopback";
        return flagged(RowId.SEND_ZERO_COPY_LOOPBACK, name, UdpPath.loopback(site), sizes);
    }

    private static Row flagged(RowId id, String name, UdpPath path, Sizes sizes) throws IOException {
        ZeroCopySocket socket = new ZeroCopySocket(path.sender());
        List<Row.Cell> cells = sizes.frames().stream()
                .map(bytes -> new Row.Cell(bytes, new Sends(path, socket, bytes)))
                .toList();
        return new Row(id, name, cells);
    }

    static Row byRing(ByRing kind, Site site, Sizes sizes, Rings rings) throws IOException {
        UdpPath path = UdpPath.away(site);
        List<Row.Cell> cells = new ArrayList<>();
        for (int bytes : sizes.frames()) {
            Uring ring = rings.open(PER_CALL);
            NativeMemory payload = new NativeMemory(bytes);
            if (kind.request == UringRequest.SEND_ZERO_COPY_REGISTERED) {
                ring.register(payload);
            }
            ring.request(kind.request, path.sender().fd(), payload);
            cells.add(new Row.Cell(bytes, new RingBatch(ring, PER_CALL, bytes)));
        }
        return new Row(kind.id, kind.name(), cells);
    }

    private static final class Sends implements Crossing {
        private final UdpPath path;
        private final ZeroCopySocket socket;
        private final int bytes;
        private final int frames;
        private final NativeMemory payload;

        Sends(UdpPath path, ZeroCopySocket socket, int bytes) {
            this.path = path;
            this.socket = socket;
            this.bytes = bytes;
            this.frames = Sizes.batch(bytes);
            this.payload = new NativeMemory(bytes);
        }

        @Override
        public void prepare() throws IOException {
            socket.awaitCompletions();
            path.empty();
        }

        @Override
        public int run() throws KernelException {
            for (int i = 0; i < frames; i++) {
                socket.send(payload.address(), bytes);
            }
            socket.awaitCompletions();
            return frames;
        }

        @Override
        public void settle() throws IOException {
            path.expect(frames);
        }

        @Override
        public boolean hasCopied() {
            return socket.hasCopied();
        }
    }
}
