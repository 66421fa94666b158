package dev.culvert.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.culvert.cli.demo.Rates;
import dev.culvert.cli.init.HostPlan;
import dev.culvert.cli.init.MatchingConfigs;
import dev.culvert.cli.init.TunnelPlan;
import dev.culvert.config.RemoteName;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Is TCP through an encrypted Culvert at least as fast as through a fastd that does not encrypt (method "null")? One
 * stream of iperf3, both tunnels up between the same two namespaces, rounds interleaved; the medians count.
 *
 * <pre>
 *  one                                        two
 *  culvert0 10.97.0.1 ====== UDP ====== 10.97.0.2 culvert0
 *  fastd0   10.96.0.1 ====== UDP ====== 10.96.0.2 fastd0
 *  eth0     192.0.2.1 ------ veth ----- 192.0.2.2 eth0
 * </pre>
 *
 * Exit status 0 when Culvert's median is the larger or the same, 1 otherwise. Arguments: rounds (5), seconds a round (4).
 */
public final class FastdComparison {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** Both tunnels carry frames of this MTU: their datagrams fit a 1500-byte path. */
    private static final int MTU = 1404;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lab lab;
    private final LabHost one;
    private final LabHost two;

    private FastdComparison(Lab lab) throws IOException {
        this.lab = lab;
        this.one = lab.host("one");
        this.two = lab.host("two");
        lab.link(one, "192.0.2.1/24", two, "192.0.2.2/24");
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        int status;
        try (Lab lab = Lab.open("ping", "fastd", "iperf3")) {
            status = new FastdComparison(lab).run(rounds, seconds);
        }
        System.exit(status);
    }

    private int run(int rounds, int seconds) throws IOException {
        startCulvert();
        startFastd();
        two.start("iperf3", "-s");
        awaitPing("10.97.0.2");
        awaitPing("10.96.0.2");
        List<Double> culvert = new ArrayList<>();
        List<Double> fastd = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            culvert.add(gigabitsPerSecond("10.97.0.2", seconds));
            fastd.add(gigabitsPerSecond("10.96.0.2", seconds));
            System.out.printf(
                    "round %d: culvert %.3f, fastd null %.3f Gbit/s%n", round, culvert.getLast(), fastd.getLast());
        }
        return report(new Rates(culvert), new Rates(fastd));
    }

    private static int report(Rates culvert, Rates fastd) {
        System.out.printf(
                "median of %d: culvert (chacha20-poly1305) %.3f, fastd (null) %.3f Gbit/s: %.2f times%n",
                culvert.rounds().size(), culvert.median(), fastd.median(), culvert.median() / fastd.median());
        return culvert.median() >= fastd.median() ? 0 : 1;
    }

    private void startCulvert() throws IOException {
        Path folder = Files.createDirectories(lab.folder().resolve("culvert"));
        TunnelPlan plan = new TunnelPlan("culvert0", TapMode.TAP, 51820, host("one", 1), host("two", 2), false);
        PrivateKey oneKey = PrivateKey.generate(Randomness.system());
        PrivateKey twoKey = PrivateKey.generate(Randomness.system());
        MatchingConfigs.write(folder, plan, oneKey, twoKey, Optional.empty());
        CulvertProcess.up(one, folder.resolve("one/culvert0.toml"), LIMIT);
        CulvertProcess.up(two, folder.resolve("two/culvert0.toml"), LIMIT).awaitSessions(LIMIT);
    }

    private static HostPlan host(String name, int number) {
        return new HostPlan(
                name,
                IpPrefix.parse("10.97.0." + number + "/24"),
                Optional.of(new RemoteName("192.0.2." + number, 51820)));
    }

    private void startFastd() throws IOException {
        String oneSecret = fastd("--generate-key", "--machine-readable");
        String twoSecret = fastd("--generate-key", "--machine-readable");
        startFastd(one, 1, oneSecret, 2, publicKey(twoSecret));
        startFastd(two, 2, twoSecret, 1, publicKey(oneSecret));
    }

    private void startFastd(LabHost host, int number, String secret, int farNumber, String farKey) throws IOException {
        String device = "fastd0";
        Path file = lab.folder().resolve("fastd-" + host.name() + ".conf");
        Files.writeString(file, """
                log level warn;
                interface "%s";
                mode tap;
                method "null";
                mtu %d;
                bind 192.0.2.%d:10000;
                secret "%s";
                peer "far" { key "%s"; remote 192.0.2.%d port 10000; }
                on up "ip addr add 10.96.0.%d/24 dev %s; ip link set %s up";
                """.formatted(device, MTU, number, secret, farKey, farNumber, number, device, device));
        host.start("fastd", "-c", file.toString());
    }

    private String publicKey(String secret) throws IOException {
        Path file = Files.writeString(lab.folder().resolve("fastd.secret"), "secret \"" + secret + "\";");
        return fastd("--machine-readable", "--show-key", "--config", file.toString());
    }

    private String fastd(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("fastd"));
        command.addAll(List.of(arguments));
        return one.run(command.toArray(String[]::new)).orThrow().output().strip();
    }

    private void awaitPing(String address) throws IOException {
        one.run("ping", "-n", "-q", "-c", "20", "-i", "0.5", "-W", "1", "-w", "10", address)
                .orThrow();
    }

    private double gigabitsPerSecond(String address, int seconds) throws IOException {
        String output = one.run(
                        LIMIT.plusSeconds(seconds), "iperf3", "-J", "-c", address, "-t", Integer.toString(seconds))
                .orThrow()
                .output();
        JsonNode received = JSON.readTree(output).path("end").path("sum_received");
        return received.path("bits_per_second").asDouble() / 1e9;
    }
}
