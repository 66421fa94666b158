package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.Uring;
import dev.culvert.bench.kernel.UringRequest;
import dev.culvert.bench.kernel.ZeroCopySocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Datagrams that are sent without copying them, where the kernel can: it then holds on to the pages until the device is
 * done with them. Waiting for that is timed too, once a batch, because nobody may write there again before.
 */
final class ZeroCopyRows {
    private static final int PER_CALL = 4;
    private static final String FLAGGED = "send with MSG_ZEROCOPY";

    private ZeroCopyRows() {}

    /** @param copied true when the kernel has said that it copied after all */
    record ZeroCopyRow(Row row, BooleanSupplier copied) {}

    static ZeroCopyRow flagged(Site site, Sizes sizes, boolean away) throws IOException {
        UdpPath path = away ? UdpPath.away(site) : UdpPath.loopback(site);
        ZeroCopySocket socket = new ZeroCopySocket(path.sender());
        List<Row.Cell> cells = new ArrayList<>();
        for (int bytes : sizes.frames()) {
            cells.add(new Row.Cell(bytes, new Sends(path, socket, bytes)));
        }
        RowId id = away ? RowId.SEND_ZERO_COPY : RowId.SEND_ZERO_COPY_LOOPBACK;
        return new ZeroCopyRow(new Row(id, away ? FLAGGED : FLAGGED + " over loopback", cells), socket::hasCopied);
    }

    static ZeroCopyRow byRing(Site site, Sizes sizes, Rings rings, UringRequest request) throws IOException {
        UdpPath path = UdpPath.away(site);
        List<Uring> opened = new ArrayList<>();
        List<Row.Cell> cells = new ArrayList<>();
        for (int bytes : sizes.frames()) {
            Uring ring = rings.open(PER_CALL);
            opened.add(ring);
            cells.add(new Row.Cell(bytes, new RingSends(ring, request, path, bytes)));
        }
        Row row = new Row(idOf(request), nameOf(request), cells);
        return new ZeroCopyRow(row, () -> opened.stream().anyMatch(Uring::hasCopied));
    }

    private static RowId idOf(UringRequest request) {
        return switch (request) {
            case SEND_ZERO_COPY -> RowId.SEND_URING_ZERO_COPY;
            case SEND_ZERO_COPY_REGISTERED -> RowId.SEND_URING_ZERO_COPY_REGISTERED;
            case SEND, READ, WRITE -> RowId.SEND_URING;
        };
    }

    private static String nameOf(UringRequest request) {
        return switch (request) {
            case SEND_ZERO_COPY -> "io_uring SEND_ZC";
            case SEND_ZERO_COPY_REGISTERED -> "io_uring SEND_ZC, registered buffer";
            case SEND, READ, WRITE -> "io_uring SEND";
        };
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
    }

    private static final class RingSends implements Crossing {
        private final Uring ring;
        private final NativeMemory payload; // held: the requests point there
        private final int bytes;
        private final int frames;

        RingSends(Uring ring, UringRequest request, UdpPath path, int bytes) throws KernelException {
            this.payload = new NativeMemory(bytes);
            this.bytes = bytes;
            this.frames = Sizes.batch(bytes) / PER_CALL * PER_CALL;
            this.ring = ring.request(request, path.sender().fd(), payload.address(), bytes);
            if (request == UringRequest.SEND_ZERO_COPY_REGISTERED) {
                ring.register(payload);
            }
        }

        @Override
        public int run() throws KernelException {
            for (int sent = 0; sent < frames; sent += PER_CALL) {
                ring.run(bytes);
            }
            return frames;
        }
    }
}
