package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.UdpSocket;
import dev.culvert.ethernet.MacAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Where frames end that are written to the plain TAP. */
final class FrameSink {
    private final int tap;
    private final MacAddress station;
    private final InetSocketAddress target;
    private final Optional<UdpSocket> socket;
    private final NativeMemory scratch = new NativeMemory(Sizes.ROOM_BYTES);

    private FrameSink(Site site, MacAddress station, InetSocketAddress target, Optional<UdpSocket> socket) {
        this.tap = site.plain().queue().fileDescriptor();
        this.station = station;
        this.target = target;
        this.socket = socket;
    }

    /** Frames for another station: the first thing that IP does is to drop them. */
    static FrameSink nobody(Site site) {
        InetSocketAddress unused = new InetSocketAddress(Site.PLAIN_ADDRESS, 1);
        return new FrameSink(site, Site.NEIGHBOUR, unused, Optional.empty());
    }

    /** Frames that go all the way up, into the buffer of a socket. */
    static FrameSink socket(Site site) throws IOException {
        Site.Receiver receiver = site.receiver(Site.PLAIN_ADDRESS);
        MacAddress own = site.plain().hardwareAddress().orElseThrow();
        return new FrameSink(site, own, receiver.address(), Optional.of(receiver.socket()));
    }

    int tap() {
        return tap;
    }

    NativeMemory frame(int bytes) {
        NativeMemory frame = new NativeMemory(bytes);
        TestFrame.write(frame, 0, bytes, station, new InetSocketAddress(Site.PLAIN_NEIGHBOUR, 9), target);
        return frame;
    }

    /** Empties the socket, in which {@code frames} must have arrived. */
    void expect(int frames) throws IOException {
        if (socket.isEmpty()) {
            return;
        }
        int arrived = socket.get().drain(scratch);
        if (arrived != frames) {
            throw new IOException("of %d frames written to the TAP, %d arrived".formatted(frames, arrived));
        }
    }
}
