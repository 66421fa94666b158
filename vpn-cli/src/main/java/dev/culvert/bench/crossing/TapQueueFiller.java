package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.Libc;
import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.UdpSocket;
import java.io.IOException;

/** Has the kernel send frames through a TAP, where they wait to be read. */
final class TapQueueFiller {
    private final Site.Port port;
    private final UdpSocket sender;
    private final NativeMemory payload = new NativeMemory(Sizes.ROOM_BYTES); // whatever it holds

    TapQueueFiller(Site site, Site.Port port) throws IOException {
        this.port = port;
        this.sender = site.towards(port);
        if (port.headerBytes() > 0) {
            sender.segments(Sizes.SEGMENT_BYTES);
        }
    }

    Site.Port port() {
        return port;
    }

    /**
     * Leaves these frames in the queue and no others.
     *
     * @param bytes of each frame, with all its headers but that of the TAP
     */
    void queue(int frames, int bytes) throws IOException {
        while (Libc.read(port.fd(), payload.address(), Sizes.ROOM_BYTES) >= 0) {
            // what a broken batch has left
        }
        for (int i = 0; i < frames; i++) {
            long done = Libc.send(sender.fd(), payload.address(), bytes - TestFrame.HEADER_BYTES, 0);
            if (done != bytes - TestFrame.HEADER_BYTES) {
                throw KernelException.unexpected("send into the TAP", done);
            }
        }
    }
}
