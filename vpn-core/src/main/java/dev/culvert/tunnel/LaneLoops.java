package dev.culvert.tunnel;

import dev.culvert.device.TapQueue;
import dev.culvert.udp.IoBackend;
import dev.culvert.udp.LaneLoop;
import dev.culvert.udp.UdpException;
import dev.culvert.udp.UdpTransport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The loops of the lanes and their sockets, which share one port: the kernel gives all datagrams of one address and port
 * to the same lane (SO_REUSEPORT, socket(7)). Confined to the thread that starts the tunnel.
 */
final class LaneLoops {
    private final List<LaneLoop> loops = new ArrayList<>();
    private final List<UdpTransport> sockets = new ArrayList<>();

    private LaneLoops() {}

    static LaneLoops start(IoBackend backend, int lanes, CleanUp cleanUp) {
        LaneLoops started = new LaneLoops();
        for (int number = 0; number < lanes; number++) {
            IoBackend its = number == 0 ? backend : backend.withSharedPort();
            started.loops.add(cleanUp.later("lane loop", its.newLoop("culvert-lane-" + number)));
        }
        return started;
    }

    /** @throws UdpException naming the address, errno and remedy */
    void bind(InetSocketAddress listen, int maxDatagramBytes, CleanUp cleanUp) throws UdpException {
        UdpTransport first = bind(0, listen, maxDatagramBytes, cleanUp);
        if (loops.size() > 1) {
            first.sharePort();
        }
        for (int number = 1; number < loops.size(); number++) {
            bind(number, first.localAddress(), maxDatagramBytes, cleanUp);
        }
    }

    private UdpTransport bind(int number, InetSocketAddress listen, int maxDatagramBytes, CleanUp cleanUp)
            throws UdpException {
        UdpTransport socket = cleanUp.later("socket", loops.get(number).bind(listen, maxDatagramBytes));
        sockets.add(socket);
        return socket;
    }

    /** Of the first lane; the others are bound to the same address. */
    UdpTransport firstSocket() {
        return sockets.getFirst();
    }

    /** @param queues one a lane */
    List<LaneSite> sites(List<TapQueue> queues) {
        List<LaneSite> sites = new ArrayList<>();
        for (int number = 0; number < loops.size(); number++) {
            LaneLoop loop = loops.get(number);
            sites.add(new LaneSite(queues.get(number), sockets.get(number), loop, loop.counters()));
        }
        return sites;
    }

    /** From now on the lanes carry. */
    void run(List<Lane> lanes, List<TapQueue> queues) {
        for (int number = 0; number < loops.size(); number++) {
            Lane lane = lanes.get(number);
            sockets.get(number)
                    .receive(lane); // before the device is read: what is sent needs somebody to be told of its end
            LaneLoop loop = loops.get(number);
            int fileDescriptor = queues.get(number).fileDescriptor();
            Runnable begin = () -> lane.watchedBy(loop.watch(fileDescriptor, lane::onTapReadable));
            CompletableFuture.runAsync(begin, loop).join();
        }
    }
}
