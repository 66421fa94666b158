package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.NativeMemory;
import dev.culvert.bench.kernel.UdpSocket;
import dev.culvert.ethernet.MacAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Where frames end that are written to a TAP. */
final class FrameSink {
    private final Site.Port port;
    private final MacAddress station;
    private final InetSocketAddress target;
    private final Optional<UdpSocket> socket;
    private final NativeMemory scratch = new NativeMemory(Sizes.ROOM_BYTES);

    private FrameSink(Site.Port port, MacAddress station, InetSocketAddress target, Optional<UdpSocket> socket) {
        this.port = port;
        this.station = station;
        this.target = target;
        this.socket = socket;
    }

    /** Frames for another station: the first thing that IP does is to drop them. */
    static FrameSink nobody(Site.Port port) {
        InetSocketAddress unused = new InetSocketAddress(port.address(), 1);
        return new FrameSink(port, Site.NEIGHBOUR, unused, Optional.empty());
    }

    /** Frames that go all the way up, into the buffer of a socket. */
    static FrameSink socket(Site site, Site.Port port) throws IOException {
        Site.Receiver receiver = site.receiver(port.address());
        receiver.socket().coalesced(); // a super-frame is not cut again on its way up
        MacAddress own = port.device().hardwareAddress().orElseThrow();
        return new FrameSink(port, own, receiver.address(), Optional.of(receiver.socket()));
    }

    Site.Port port() {
        return port;
    }

    /** Of {@code bytes}, behind the header of the TAP if it has one. */
    NativeMemory frame(int bytes) {
        int header = port.headerBytes();
        NativeMemory frame = new NativeMemory(header + bytes);
        TestFrame.write(frame, header, bytes, station, new InetSocketAddress(port.neighbour(), 9), target);
        if (header > 0) {
            TestFrame.leaveToCut(frame, header, bytes, Sizes.SEGMENT_BYTES);
        }
        return frame;
    }

    /** Empties the socket, if there is one. */
    void empty() {
        socket.ifPresent(receiver -> receiver.drain(scratch));
    }

    /** Empties the socket, if there is one; {@code frames} must have arrived there. */
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
