package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.Libc;
import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.UdpSocket;
import java.io.IOException;
import java.util.Optional;

/**
 * A way for datagrams.
 *
 * @param receiver none where the device throws them away
 */
record UdpPath(UdpSocket sender, Optional<UdpSocket> receiver, NativeMemory scratch) {
    static UdpPath away(Site site) throws IOException {
        return new UdpPath(site.towardsNowhere(), Optional.empty(), new NativeMemory(Sizes.ROOM_BYTES));
    }

    static UdpPath loopback(Site site) throws IOException {
        Site.Receiver receiver = site.receiver(Site.LOOPBACK);
        UdpSocket sender = site.socket().connect(receiver.address());
        return new UdpPath(sender, Optional.of(receiver.socket()), new NativeMemory(Sizes.ROOM_BYTES));
    }

    /** Leaves these datagrams at the receiver and no others. */
    void fill(int count, int bytes) throws IOException {
        empty();
        for (int i = 0; i < count; i++) {
            long done = Libc.send(sender.fd(), scratch.address(), bytes, 0);
            if (done != bytes) {
                throw KernelException.unexpected("send", done);
            }
        }
    }

    /** Empties the receiver, if there is one. */
    void empty() {
        receiver.ifPresent(socket -> socket.drain(scratch));
    }

    /** Empties the receiver, if there is one; {@code count} datagrams must have arrived there. */
    void expect(int count) throws IOException {
        if (receiver.isEmpty()) {
            return;
        }
        int arrived = receiver.get().drain(scratch);
        if (arrived != count) {
            throw new IOException("of %d datagrams over loopback, %d arrived".formatted(count, arrived));
        }
    }
}
