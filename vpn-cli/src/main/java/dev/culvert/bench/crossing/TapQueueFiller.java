package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.Libc;
import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.UdpSocket;
import java.io.IOException;

/** Has the kernel send frames through the plain TAP, where they wait to be read. */
final class TapQueueFiller {
    private final int tap;
    private final UdpSocket sender;
    private final NativeMemory payload = new NativeMemory(Sizes.ROOM_BYTES);

    TapQueueFiller(Site site) throws IOException {
        this.tap = site.plain().queue().fileDescriptor();
        this.sender = site.towards(Site.PLAIN_NEIGHBOUR);
    }

    int tap() {
        return tap;
    }

    /** @param bytes of each frame, with all its headers */
    void queue(int frames, int bytes) throws IOException {
        for (int i = 0; i < frames; i++) {
            long done = Libc.send(sender.fd(), payload.address(), bytes - TestFrame.HEADER_BYTES, 0);
            if (done != bytes - TestFrame.HEADER_BYTES) {
                throw KernelException.unexpected("send into the TAP", done);
            }
        }
    }
}
