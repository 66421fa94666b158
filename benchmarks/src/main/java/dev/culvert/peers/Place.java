package dev.culvert.peers;

import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Where one peer is put: between the hosts that all share, with a subnet, a UDP port and a device name of its own.
 *
 * @param number of the peer in the lab, from 1
 * @param folder for its keys and configurations; goes with the lab
 * @param mtu of the devices of every tunnel, so that each sends frames of the same size
 */
record Place(Lab lab, LabHost one, LabHost two, int number, Path folder, int mtu) {
    /**
     * What every tunnel has room for in datagrams on a path of 1500 bytes: Culvert's overhead over IPv6, which it allows
     * for, is the largest of all (82 bytes and the inner header).
     */
    static final int DEFAULT_MTU = 1404;

    /** What Culvert asks for, bytes; a kernel may give them less (net.core.rmem_max), but not Culvert. fastd asks for nothing. */
    static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** Frames that the kernel keeps for a tunnel. Its own default for a TAP is 500, that of Culvert, and what OpenVPN is told, 1000. */
    private static final int TX_QUEUE_FRAMES = 1000;

    private static final int LAST_LINES = 15;
    private static final int FIRST_PORT = 10_000;
    private static final Duration DEVICE_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    /** One end of the tunnel. */
    record End(Place place, LabHost host, int number) {
        /** {@code one} or {@code two}. */
        String side() {
            return host.name();
        }

        String device() {
            return "peer" + place.number;
        }

        String address() {
            return innerAddress(place.number, number);
        }

        String underlay() {
            return underlayAddress(number);
        }

        End far() {
            return number == 1 ? place.second() : place.first();
        }

        int port() {
            return FIRST_PORT + place.number;
        }

        Path file(String name) {
            return place.folder.resolve(side() + "-" + name);
        }

        /** Waits until {@code process} has made the device, and gives it its MTU, its queue and its address. */
        void configure(String device, LabProcess process) throws LabException {
            awaitDevice(device, process);
            String mtu = Integer.toString(place.mtu);
            String queue = Integer.toString(TX_QUEUE_FRAMES);
            host.ip("link", "set", device, "mtu", mtu, "txqueuelen", queue, "up");
            host.ip("address", "add", address() + "/24", "dev", device);
        }

        private void awaitDevice(String device, LabProcess process) throws LabException {
            long deadlineNanos = System.nanoTime() + DEVICE_LIMIT.toNanos();
            while (!host.run("ip", "link", "show", "dev", device).succeeded()) {
                if (!process.isAlive() || System.nanoTime() - deadlineNanos >= 0) {
                    throw new LabException(
                            "%s made no device %s%s".formatted(process.name(), device, lastWords(process)));
                }
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
        }
    }

    End first() {
        return new End(this, one, 1);
    }

    End second() {
        return new End(this, two, 2);
    }

    List<End> ends() {
        return List.of(first(), second());
    }

    /** Of the cable: TEST-NET-1 of RFC 5737. */
    static String underlayAddress(int number) {
        return "192.0.2." + number;
    }

    private static String innerAddress(int peer, int number) {
        return "10.96." + peer + "." + number;
    }

    static String lastWords(LabProcess process) {
        List<String> log = process.log();
        return log.isEmpty()
                ? "; it printed nothing"
                : "; it printed last:\n    "
                        + String.join("\n    ", log.subList(Math.max(0, log.size() - LAST_LINES), log.size()));
    }
}
