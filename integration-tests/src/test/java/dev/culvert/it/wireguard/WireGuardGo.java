package dev.culvert.it.wireguard;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Debian's {@code wireguard-go} inside a host, with one peer, told what to do by {@code wg}. */
final class WireGuardGo {
    private static final Path CONTROL_SOCKETS = Path.of("/var/run/wireguard");
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final AtomicInteger DEVICES = new AtomicInteger();

    private final LabHost host;
    private final LabProcess process;
    private final String device;

    private WireGuardGo(LabHost host, LabProcess process, String device) {
        this.host = host;
        this.process = process;
        this.device = device;
    }

    /**
     * What {@code wg show} says of the one peer.
     *
     * @param latestHandshake the epoch while there was none; in whole seconds
     */
    record Status(String remote, Instant latestHandshake, long receivedBytes, long sentBytes) {
        boolean hasSession() {
            return latestHandshake.isAfter(Instant.EPOCH);
        }
    }

    /** All namespaces see its control socket in the same place, so the device has a name that no other has. */
    static WireGuardGo start(LabHost host, Path config, String... addresses) throws LabException {
        String device = "wg" + ProcessHandle.current().pid() + "n" + DEVICES.incrementAndGet();
        LabProcess process = host.start("env", "LOG_LEVEL=verbose", "wireguard-go", "-f", device);
        process.awaitLine("UAPI listener started", START_LIMIT);
        WireGuardGo started = new WireGuardGo(host, process, device);
        for (String address : addresses) {
            host.ip("address", "add", address, "dev", device);
        }
        host.ip("link", "set", device, "up");
        started.wg("setconf", device, config.toString());
        return started;
    }

    /** Goes on at another UDP port, with the sessions it has. */
    void listenOn(int port) throws LabException {
        wg("set", device, "listen-port", Integer.toString(port));
    }

    Status status() throws LabException {
        String peer = wg("show", device, "dump").lines().skip(1).findFirst().orElseThrow(); // the first is the device
        String[] fields = peer.split("\t", -1); // key, psk, remote, allowed IPs, handshake, received, sent, keepalive
        return new Status(
                fields[2],
                Instant.ofEpochSecond(Long.parseLong(fields[4])),
                Long.parseLong(fields[5]),
                Long.parseLong(fields[6]));
    }

    Status awaitStatus(String description, Predicate<Status> wanted, Duration limit) throws LabException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (true) {
            Status status = status();
            if (wanted.test(status)) {
                return status;
            }
            if (System.nanoTime() - deadlineNanos >= 0) {
                throw new LabException("%s: not %s within %s: %s".formatted(host, description, limit, status));
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    /** How many lines of its log contain {@code text}. */
    long logged(String text) {
        return process.log().stream().filter(line -> line.contains(text)).count();
    }

    /** Packets that were sealed as they should be and are no IP: a Culvert's hello is one. */
    long strayPackets() {
        return logged("Packet with invalid IP version");
    }

    boolean leftItsControlSocket() {
        return Files.exists(CONTROL_SOCKETS.resolve(device + ".sock"));
    }

    private String wg(String... arguments) throws LabException {
        String[] command = new String[arguments.length + 1];
        command[0] = "wg";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return host.run(command).orThrow().output();
    }
}
