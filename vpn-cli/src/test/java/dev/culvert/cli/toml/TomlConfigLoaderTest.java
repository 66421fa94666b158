package dev.culvert.cli.toml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.config.CryptoConfig;
import dev.culvert.config.PeerConfig;
import dev.culvert.config.RemoteName;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.PublicKey;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TomlConfigLoaderTest {
    private static final String BOB = "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=";
    private static final String MINIMAL = """
            [interface]
            name = "culvert0"
            private_key_file = "host.key"
            listen = "[::]:51820"

            [[peer]]
            name = "branch"
            public_key = "%s"
            """.formatted(BOB);

    @TempDir
    Path directory;

    @BeforeEach
    void makeKeyFiles() throws IOException {
        KeyFiles.writeAll(directory);
    }

    @Test
    void everyKeyReachesItsPlace() throws Exception {
        TunnelConfig config = valid("""
                [interface]
                name = "culvert0"
                mode = "tap"
                private_key_file = "host.key"
                listen = "0.0.0.0:4500"
                address = ["10.8.0.1/24", "fd00:8::1/64"]
                mtu = 1400
                lanes = 1
                txqueue = 250
                forward = true

                [crypto]
                engines = ["bc", "sunjce"]
                cipher = "chacha20-poly1305"

                [[peer]]
                name = "branch"
                public_key = "%s"
                endpoint = "[2001:db8::1]:51820"
                keepalive = "1m30s"
                preshared_key_file = "shared.psk"
                allowed_macs = ["02:00:00:00:00:01", "02:00:00:00:00:02"]
                cipher = "aes-256-gcm"
                enabled = false
                """.formatted(BOB));

        assertThat(config.device().name()).isEqualTo("culvert0");
        assertThat(config.device().mode()).isEqualTo(TapMode.TAP);
        assertThat(config.device().privateKey().publicKey()).isEqualTo(PublicKey.fromBase64(KeyFiles.PUBLIC));
        assertThat(config.device().listen()).isEqualTo(new InetSocketAddress("0.0.0.0", 4500));
        assertThat(config.device().addresses())
                .containsExactly(IpPrefix.parse("10.8.0.1/24"), IpPrefix.parse("fd00:8::1/64"));
        assertThat(config.device().mtu()).isEqualTo(OptionalInt.of(1400));
        assertThat(config.device().txQueueFrames()).isEqualTo(250);
        assertThat(config.device().forward()).isTrue();
        assertThat(config.crypto())
                .isEqualTo(new CryptoConfig(List.of("bc", "sunjce"), CipherChoice.CHACHA20_POLY1305));
        PeerConfig peer = config.peers().getFirst();
        assertThat(peer.publicKey()).isEqualTo(PublicKey.fromBase64(BOB));
        assertThat(peer.remote()).contains(new RemoteName("2001:db8::1", 51_820));
        assertThat(peer.keepalive()).contains(Duration.ofSeconds(90));
        assertThat(peer.presharedKey()).isPresent();
        assertThat(peer.allowedMacs())
                .isEqualTo(Set.of(MacAddress.parse("02:00:00:00:00:01"), MacAddress.parse("02:00:00:00:00:02")));
        assertThat(peer.cipher()).contains(CipherChoice.AES_256_GCM);
        assertThat(config.cipherFor(peer)).isEqualTo(CipherChoice.AES_256_GCM);
        assertThat(config.cipherChoices()).as("of enabled peers").isEmpty();
        assertThat(peer.enabled()).isFalse();
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws IOException {
        TunnelConfig config = valid("""
                [interface]
                name = "culvert0"
                private_key_file = "host.key"

                [[peer]]
                name = "branch"
                public_key = "%s"
                endpoint = "vpn.example.org:51820"
                keepalive = "0s"
                """.formatted(BOB));

        assertThat(config.device().mode()).isEqualTo(TapMode.TAP);
        assertThat(config.device().listen()).isEqualTo(new InetSocketAddress("::", 0));
        assertThat(config.device().mtu()).isEmpty();
        assertThat(config.device().lanes()).isEqualTo(1);
        assertThat(config.device().forward()).isFalse();
        assertThat(config.crypto()).isEqualTo(CryptoConfig.DEFAULT);
        assertThat(config.cipherChoices()).containsExactly(CipherChoice.AUTO);
        assertThat(config.peers().getFirst().keepalive()).isEmpty();
        assertThat(config.peers().getFirst().enabled()).isTrue();
    }

    @Test
    void tunModeRoutesByAllowedIps() throws IOException {
        TunnelConfig config = valid(
                MINIMAL.replace("listen", "mode = \"tun\"\nlisten") + "allowed_ips = [\"10.8.0.2\", \"fd00::/8\"]");

        assertThat(config.peers().getFirst().allowedIps())
                .containsExactly(IpPrefix.parse("10.8.0.2/32"), IpPrefix.parse("fd00::/8"));
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkDoNoHarm() throws IOException {
        valid("\ufeff" + MINIMAL.replace("\n", "\r\n"));
    }

    @Test
    void keyFilesMayBeLinks() throws IOException {
        valid(MINIMAL.replace("host.key", "link.key"));
    }

    @Test
    void keyFilesMayBeElsewhere() throws IOException {
        valid(MINIMAL.replace("host.key", directory.resolve("host.key").toString()));
    }

    @Test
    void warningsDoNotStandInTheWay() throws IOException {
        LoadedConfig loaded = load(MINIMAL.replace("listen", "bridge = \"br0\"\naddress = [\"10.8.0.1/24\"]\n#"));

        assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
        assertThat(loaded.warnings().toString())
                .contains(":5:1: warning: `address`: has little effect on a bridged device")
                .contains(":1:1: warning: neither `listen` nor the `endpoint` of a peer");
    }

    @Test
    void closingAConfigurationWipesItsKeys() throws Exception {
        TunnelConfig config = valid(MINIMAL + "preshared_key_file = \"shared.psk\"");

        config.close();

        String zero = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assertThat(config.device().privateKey().revealBase64()).isEqualTo(zero);
        assertThat(config.peers().getFirst().presharedKey().orElseThrow().revealBase64())
                .isEqualTo(zero);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        LoadedConfig loaded = TomlConfigLoader.load(Path.of("/nowhere/culvert0.toml"));

        assertThat(faultsOf(loaded)).containsExactly("/nowhere/culvert0.toml: no such file");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThat(faultsOf(TomlConfigLoader.load(directory)))
                .containsExactly(directory + ": is a directory, not a file");
    }

    @Test
    void aHugeFileIsRefusedUnread() throws IOException {
        assertThat(faultsOf(load("#".repeat(SourceText.MAX_BYTES + 1))).getFirst())
                .contains("larger than 1048576 bytes");
    }

    @Test
    void endlessNestingIsAFaultAndNoCrash() throws IOException {
        assertThat(faultsOf(load("a = " + "[".repeat(200_000)))).isNotEmpty();
    }

    private TunnelConfig valid(String text) throws IOException {
        LoadedConfig loaded = load(text);
        assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
        assertThat(loaded.warnings()).isEmpty();
        return ((LoadedConfig.Valid) loaded).config();
    }

    private LoadedConfig load(String text) throws IOException {
        return TomlConfigLoader.load(Files.writeString(directory.resolve("culvert0.toml"), text));
    }

    private static List<String> faultsOf(LoadedConfig loaded) {
        return Optional.of(loaded)
                .map(LoadedConfig.Broken.class::cast)
                .map(LoadedConfig.Broken::faults)
                .orElseThrow()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
