package dev.culvert.it.wireguard;

import static dev.culvert.it.wireguard.InteropPlan.End.CULVERT;
import static dev.culvert.it.wireguard.InteropPlan.End.WIREGUARD;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.it.wireguard.InteropPlan.End;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabLink;
import dev.culvert.metrics.CounterId;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Culvert in tun mode and a wireguard-go, on a cable.
 *
 * <pre>
 *  culvert host                                    wireguard host
 *  tun0  10.99.0.1, fd99::1  ===== tunnel =====  10.99.0.2, fd99::2  wgPIDnN
 *  eth0  192.0.2.1  ------------- veth --------------  192.0.2.2  eth0
 *        2001:db8::1                                   2001:db8::2
 * </pre>
 *
 * Made without the two programs; the test starts them when it is ready to watch.
 */
final class InteropPair {
    static final int PORT = 51820;
    static final int CULVERT_HOST = 1;
    static final int WIREGUARD_HOST = 2;
    static final String CULVERT_4 = "10.99.0.1";
    static final String CULVERT_6 = "fd99::1";
    static final String WIREGUARD_4 = "10.99.0.2";
    static final String WIREGUARD_6 = "fd99::2";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(5);

    private final InteropPlan plan;
    private final LabHost culvertHost;
    private final LabHost wireGuardHost;
    private final LabLink cable;
    private final Path folder;
    private final PrivateKey culvertKey = PrivateKey.generate(Randomness.system());
    private final PrivateKey wireGuardKey = PrivateKey.generate(Randomness.system());
    private final PresharedKey presharedKey = PresharedKey.generate(Randomness.system());
    private @Nullable CulvertProcess culvert;
    private @Nullable WireGuardGo wireGuard;

    InteropPair(Lab lab, String name, InteropPlan plan) throws LabException {
        this.plan = plan;
        this.culvertHost = lab.host(name + "-culvert");
        this.wireGuardHost = lab.host(name + "-wireguard");
        this.cable = lab.link(
                culvertHost,
                plan.underlay().prefix(CULVERT_HOST),
                wireGuardHost,
                plan.underlay().prefix(WIREGUARD_HOST));
        this.folder = lab.folder();
    }

    /** Both ends; the initiator last, so that its first initiation is not sent to nobody. */
    InteropPair start() throws LabException {
        if (plan.initiator() == CULVERT) {
            startWireGuard();
            startCulvert();
        } else {
            startCulvert();
            startWireGuard();
        }
        return this;
    }

    void startWireGuard() throws LabException {
        wireGuard = WireGuardGo.start(wireGuardHost, wireGuardConfig(), WIREGUARD_4 + "/24", WIREGUARD_6 + "/64");
    }

    void startCulvert() throws LabException {
        culvert = CulvertProcess.up(culvertHost, culvertConfig(), START_LIMIT);
    }

    /** Begins to capture on the cable, which from now on carries each datagram by itself: segmented, it would hide. */
    OuterCapture capture() throws LabException {
        culvertHost
                .run("ethtool", "-K", cable.first().name(), "tx-udp-segmentation", "off")
                .orThrow();
        return OuterCapture.start(wireGuardHost, cable.second().name(), folder.resolve("outer.pcap"));
    }

    InteropPlan plan() {
        return plan;
    }

    LabHost culvertHost() {
        return culvertHost;
    }

    LabHost wireGuardHost() {
        return wireGuardHost;
    }

    LabLink cable() {
        return cable;
    }

    CulvertProcess culvert() {
        return Objects.requireNonNull(culvert, "not started");
    }

    WireGuardGo wireGuard() {
        return Objects.requireNonNull(wireGuard, "not started");
    }

    PublicKey publicKeyOf(End end) {
        return (end == CULVERT ? culvertKey : wireGuardKey).publicKey();
    }

    /** Keepalives that Culvert has received. */
    static long keepalives(TunnelStatus status) {
        return Objects.requireNonNull(status.counters().get(CounterId.KEEPALIVES_RECEIVED.text()));
    }

    /** What Culvert says when nothing moves any more: only then can its books balance. */
    TunnelStatus settled() throws LabException {
        return culvert().awaitStatus("balanced", status -> status.imbalances().isEmpty(), SETTLE_LIMIT);
    }

    private Path culvertConfig() throws LabException {
        StringBuilder config = new StringBuilder("""
                [interface]
                name = "tun0"
                mode = "tun"
                private_key_file = "culvert.key"
                listen = "[::]:%d"
                address = ["%s/24", "%s/64"]

                [[peer]]
                name = "wireguard"
                public_key = "%s"
                allowed_ips = ["%s/32", "%s/128"]
                """.formatted(
                        PORT, CULVERT_4, CULVERT_6, wireGuardKey.publicKey().toBase64(), WIREGUARD_4, WIREGUARD_6));
        if (plan.initiator() == CULVERT) {
            config.append("endpoint = \"%s\"\n".formatted(plan.underlay().remote(WIREGUARD_HOST, PORT)));
        }
        if (plan.presharedKey()) {
            writeSecret("shared.psk", presharedKey.revealBase64());
            config.append("preshared_key_file = \"shared.psk\"\n");
        }
        if (plan.keepalive().contains(CULVERT)) {
            config.append("keepalive = \"1s\"\n");
        }
        writeSecret("culvert.key", culvertKey.revealBase64());
        return writeSecret("culvert.toml", config.toString());
    }

    /** In the words of {@code wg(8)}. */
    private Path wireGuardConfig() throws LabException {
        StringBuilder config = new StringBuilder("""
                [Interface]
                PrivateKey = %s
                ListenPort = %d

                [Peer]
                PublicKey = %s
                AllowedIPs = %s/32, %s/128
                """.formatted(
                wireGuardKey.revealBase64(), PORT, culvertKey.publicKey().toBase64(), CULVERT_4, CULVERT_6));
        if (plan.initiator() == WIREGUARD) {
            config.append("Endpoint = %s\n".formatted(plan.underlay().remote(CULVERT_HOST, PORT)));
        }
        if (plan.presharedKey()) {
            config.append("PresharedKey = %s\n".formatted(presharedKey.revealBase64()));
        }
        if (plan.keepalive().contains(WIREGUARD)) {
            config.append("PersistentKeepalive = 1\n");
        }
        return writeSecret("wireguard.conf", config.toString());
    }

    private Path writeSecret(String name, String content) throws LabException {
        try {
            Path path = folder.resolve(name);
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(path, content + "\n");
        } catch (IOException e) {
            throw new LabException("configuration: " + e.getMessage(), e);
        }
    }
}
