package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.Libc;
import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.UdpSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Datagrams sent and received, one a system call; and super-datagrams, which the kernel cuts and joins. */
final class UdpRows {
    private UdpRows() {}

    static List<Row> of(Site site, Sizes sizes) throws IOException {
        UdpPath away = UdpPath.away(site);
        UdpPath loopback = UdpPath.loopback(site);
        List<Row.Cell> sentAway = new ArrayList<>();
        List<Row.Cell> sent = new ArrayList<>();
        List<Row.Cell> received = new ArrayList<>();
        for (int bytes : sizes.frames()) {
            sentAway.add(new Row.Cell(bytes, new Sends(away, bytes)));
            sent.add(new Row.Cell(bytes, new Sends(loopback, bytes)));
            received.add(new Row.Cell(bytes, new Receives(loopback, bytes)));
        }
        return List.of(
                new Row(RowId.UDP_SEND_AWAY, "send, thrown away by the device", sentAway),
                new Row(RowId.UDP_SEND_LOOPBACK, "send, to a socket over loopback", sent),
                new Row(RowId.UDP_RECEIVE, "receive", received));
    }

    static Row segmented(Site site, Sizes sizes) throws IOException {
        UdpPath away = UdpPath.away(site);
        away.sender().segments(Sizes.SEGMENT_BYTES);
        List<Row.Cell> cells = new ArrayList<>();
        for (int bytes : sizes.superDatagrams()) {
            cells.add(new Row.Cell(bytes, new Sends(away, bytes)));
        }
        return new Row(RowId.UDP_SEND_SEGMENTED, "send with UDP_SEGMENT, thrown away by the device", cells);
    }

    static Row coalesced(Site site, Sizes sizes) throws IOException {
        UdpPath loopback = UdpPath.loopback(site);
        loopback.sender().segments(Sizes.SEGMENT_BYTES);
        loopback.receiver().orElseThrow().coalesced();
        List<Row.Cell> cells = new ArrayList<>();
        for (int bytes : sizes.superDatagrams()) {
            cells.add(new Row.Cell(bytes, new Receives(loopback, bytes)));
        }
        return new Row(RowId.UDP_RECEIVE_COALESCED, "receive with UDP_GRO", cells);
    }

    private static final class Sends implements Crossing {
        private final UdpPath path;
        private final int bytes;
        private final int frames;
        private final NativeMemory payload;

        Sends(UdpPath path, int bytes) {
            this.path = path;
            this.bytes = bytes;
            this.frames = Sizes.batch(bytes);
            this.payload = new NativeMemory(bytes);
        }

        @Override
        public void prepare() {
            path.empty();
        }

        @Override
        public int run() throws KernelException {
            UdpSocket sender = path.sender();
            for (int i = 0; i < frames; i++) {
                long done = Libc.send(sender.fd(), payload.address(), bytes, 0);
                if (done != bytes) {
                    throw KernelException.unexpected("send", done);
                }
            }
            return frames;
        }

        @Override
        public void settle() throws IOException {
            path.expect(frames);
        }
    }

    private static final class Receives implements Crossing {
        private final UdpPath path;
        private final int fd;
        private final int bytes;
        private final int frames;
        private final NativeMemory target = new NativeMemory(Sizes.ROOM_BYTES);

        Receives(UdpPath path, int bytes) {
            this.path = path;
            this.fd = path.receiver().orElseThrow().fd();
            this.bytes = bytes;
            this.frames = Sizes.batch(bytes);
        }

        @Override
        public void prepare() throws IOException {
            path.fill(frames, bytes);
        }

        @Override
        public int run() throws KernelException {
            for (int i = 0; i < frames; i++) {
                long done = Libc.receive(fd, target.address(), Sizes.ROOM_BYTES, UdpSocket.MSG_DONTWAIT);
                if (done != bytes) {
                    throw KernelException.unexpected("receive", done);
                }
            }
            return frames;
        }
    }
}
