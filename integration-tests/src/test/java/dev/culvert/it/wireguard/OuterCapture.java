package dev.culvert.it.wireguard;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabProcess;
import dev.culvert.wire.MessageType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every UDP datagram on the cable of a pair, captured by tcpdump and named by tshark. */
final class OuterCapture {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<MessageType> BY_NUMBER = List.of(
            MessageType.INVALID,
            MessageType.INITIATION,
            MessageType.RESPONSE,
            MessageType.COOKIE_REPLY,
            MessageType.TRANSPORT);

    private static final String SEPARATOR = ";";
    private static final List<String> FIELDS = List.of(
            "frame.time_relative",
            "ip.src",
            "ipv6.src",
            "wg.type",
            "wg.mac2",
            "wg.keepalive",
            "wg.bad_packet_length",
            "_ws.malformed");

    /**
     * All that leaves a tunnel's port, and whatever else is long enough to be a message of one: not the single bytes by
     * which Culvert finds out, from other ports, why a peer has not answered for 8 s.
     */
    private static final String FILTER = "udp and (src port " + InteropPair.PORT + " or greater 70)";

    private final LabHost host;
    private final LabProcess tcpdump;
    private final Path file;

    private OuterCapture(LabHost host, LabProcess tcpdump, Path file) {
        this.host = host;
        this.tcpdump = tcpdump;
        this.file = file;
    }

    static OuterCapture start(LabHost host, String port, Path file) throws LabException {
        LabProcess tcpdump = host.start(
                "tcpdump", "-i", port, "-n", "--immediate-mode", "-U", "-Z", "root", "-w", file.toString(), FILTER);
        tcpdump.awaitLine("listening on", LIMIT);
        return new OuterCapture(host, tcpdump, file);
    }

    /** Ends the capture. */
    List<OuterMessage> messages() throws LabException {
        tcpdump.stop();
        return host.run(tshark())
                .orThrow()
                .output()
                .lines()
                .filter(line -> line.contains(SEPARATOR)) // tshark warns about being root
                .map(OuterCapture::message)
                .toList();
    }

    private String[] tshark() {
        StringBuilder command = new StringBuilder("tshark -n -r " + file + " -T fields -E separator=" + SEPARATOR);
        FIELDS.forEach(field -> command.append(" -e ").append(field));
        return command.toString().split(" ");
    }

    private static OuterMessage message(String line) {
        String[] fields = line.split(SEPARATOR, -1);
        boolean isSound = !fields[3].isEmpty() && fields[6].isEmpty() && fields[7].isEmpty();
        return new OuterMessage(
                Duration.ofNanos((long) (Double.parseDouble(fields[0]) * 1e9)),
                fields[1] + fields[2],
                isSound ? BY_NUMBER.get(Integer.parseInt(fields[3])) : MessageType.INVALID,
                !fields[4].chars().allMatch(digit -> digit == '0' || digit == ':'),
                !fields[5].isEmpty());
    }
}
