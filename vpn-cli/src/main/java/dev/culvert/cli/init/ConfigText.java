package dev.culvert.cli.init;

import dev.culvert.config.RemoteName;
import dev.culvert.crypto.PublicKey;
import dev.culvert.device.TapMode;
import java.util.Optional;

/** The configuration of one end, commented. */
final class ConfigText {
    private static final int COMMENT_COLUMN = 44;

    private final StringBuilder text = new StringBuilder();

    private ConfigText() {}

    static String of(TunnelPlan plan, HostPlan self, PublicKey farKey) {
        ConfigText writer = new ConfigText();
        HostPlan far = plan.farSideOf(self);
        writer.line("# %s on %s: the tunnel to %s. Written by culvert init."
                .formatted(plan.name(), self.host(), far.host()));
        writer.line("# Every key and what it may be: conf/every-key.toml of Culvert. After a change: culvert check "
                + plan.configFile());
        writer.line("");
        writer.device(plan, self);
        writer.line("");
        writer.peer(plan, self, far, farKey);
        return writer.text.toString();
    }

    private void device(TunnelPlan plan, HostPlan self) {
        line("[interface]");
        key("name = \"" + plan.name() + "\"", "the device to make");
        key("mode = \"" + plan.modeText() + "\"", plan.mode() == TapMode.TAP ? "Ethernet frames" : "IP packets");
        key("private_key_file = \"" + plan.keyFile() + "\"", "beside this file, mode 0600; never leaves this host");
        key(
                "listen = \"[::]:" + plan.port() + "\"",
                "UDP over IPv6 and IPv4; \"0.0.0.0:%d\" for IPv4 only".formatted(plan.port()));
        key("address = [\"" + self.address() + "\"]", "of the device");
        if (plan.mtu().isPresent()) {
            key("mtu = " + plan.mtu().getAsInt(), "or \"auto\"");
        } else {
            key("mtu = \"auto\"", "or a number");
        }
    }

    private void peer(TunnelPlan plan, HostPlan self, HostPlan far, PublicKey farKey) {
        line("[[peer]]");
        key("name = \"" + far.host() + "\"", "for people");
        line("public_key = \"" + farKey + "\"");
        Optional<RemoteName> remote = far.reachableAt();
        if (remote.isPresent()) {
            key("endpoint = \"" + remote.get() + "\"", "looked up again while running");
        } else {
            line("# no endpoint: " + far.host() + " speaks first, and is answered where it spoke from");
        }
        if (self.reachableAt().isEmpty()) {
            key("keepalive = \"25s\"", "keeps the way back open through NAT and firewalls");
        }
        if (plan.presharedKey()) {
            key("preshared_key_file = \"" + plan.presharedKeyFile() + "\"", "the same on both hosts");
        }
        if (plan.mode() == TapMode.TUN) {
            key("allowed_ips = [\"" + TunnelPlan.onlyAddressOf(far) + "\"]", "sent to this peer, and taken from it");
        }
    }

    private void key(String assignment, String comment) {
        line("%s%s# %s".formatted(assignment, " ".repeat(Math.max(2, COMMENT_COLUMN - assignment.length())), comment));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
