package dev.culvert.cli.toml;

import dev.culvert.config.PeerConfig;
import dev.culvert.config.RemoteName;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.KeyFormatException;
import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables {@code [[peer]]}, one after the other; remembers what only one of them may have. */
final class PeerReader {
    static final List<String> KEYS = List.of(
            "name",
            "public_key",
            "endpoint",
            "keepalive",
            "preshared_key_file",
            "allowed_macs",
            "allowed_ips",
            "cipher",
            "enabled");

    private static final Duration MAX_KEEPALIVE = Duration.ofSeconds(65_535); // as wg(8)
    private static final int MAX_NAME_CHARACTERS = 64;

    private final Path file;
    private final ConfigProblems problems;
    private final Claims claims;
    private final TunRoutes routes = new TunRoutes();
    private final Optional<TapMode> mode;
    private final Optional<PublicKey> ownKey;

    PeerReader(Path file, ConfigProblems problems, Optional<TapMode> mode, Optional<PublicKey> ownKey) {
        this.file = file;
        this.problems = problems;
        this.claims = new Claims(problems);
        this.mode = mode;
        this.ownKey = ownKey;
    }

    Optional<PresharedKey> presharedKey(TableReader table) {
        return table.parsed(
                        "preshared_key_file",
                        "office-branch.psk",
                        name -> KeyFile.read(KeyFile.beside(file, name), "culvert genpsk", PresharedKey::fromBase64))
                .map(Located::value);
    }

    /** Empty when what cannot be replaced by a default is missing or wrong. */
    Optional<PeerConfig> read(TableReader table, Optional<PresharedKey> presharedKey) {
        Optional<Located<String>> name = name(table);
        Optional<Located<PublicKey>> publicKey = publicKey(table);
        Optional<Located<RemoteName>> remote = table.parsed("endpoint", "vpn.example.org:51820", AddressText::remote);
        remote.ifPresent(routes::remote);
        Optional<Duration> keepalive = keepalive(table);
        Set<MacAddress> macs = allowedMacs(table);
        Optional<CipherChoice> cipher = CryptoReader.cipher(table);
        boolean enabled = table.flag("enabled").map(Located::value).orElse(true);
        List<IpPrefix> prefixes = allowedIps(table, enabled);
        if (name.isEmpty() || publicKey.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PeerConfig(
                name.get().value(),
                publicKey.get().value(),
                presharedKey,
                remote.map(Located::value),
                keepalive,
                macs,
                prefixes,
                cipher,
                enabled));
    }

    /** To be asked when all peers are read: a route to one may lead to the remote address of another. */
    void refuseRoutesToRemotes() {
        if (mode.equals(Optional.of(TapMode.TUN))) {
            routes.refuseThoseToRemotes(problems);
        }
    }

    private Optional<Located<String>> name(TableReader table) {
        table.require("name", "what people call this peer, such as name = \"branch\"");
        Optional<Located<String>> name = table.parsed("name", "branch", PeerReader::peerName);
        name.ifPresent(given -> claims.claim(given, given.value(), Quoted.text(given.value())));
        return name;
    }

    private static String peerName(String text) throws BadValueException {
        if (text.isBlank()
                || text.length() > MAX_NAME_CHARACTERS
                || !text.codePoints().allMatch(Quoted::isHarmless)) {
            throw new BadValueException("expected 1 to %d printable characters, found %s"
                    .formatted(MAX_NAME_CHARACTERS, Quoted.text(text)));
        }
        return text;
    }

    private Optional<Located<PublicKey>> publicKey(TableReader table) {
        table.require("public_key", "what culvert pubkey says of the peer's private key");
        Optional<Located<PublicKey>> key =
                table.parsed("public_key", "base64 of 44 characters", PeerReader::publicKeyOf);
        key.ifPresent(given -> {
            if (ownKey.equals(Optional.of(given.value()))) {
                problems.at(given, "is the key of this host itself: give the key of the peer");
            }
            claims.claim(given, given.value(), "this key");
        });
        return key;
    }

    private static PublicKey publicKeyOf(String text) throws BadValueException {
        try {
            PublicKey key = PublicKey.fromBase64(text);
            if (Arrays.equals(key.toBytes(), new byte[PublicKey.BYTES])) {
                throw new BadValueException("all zero is nobody's key");
            }
            return key;
        } catch (KeyFormatException bad) {
            throw new BadValueException("is no key: " + bad.getMessage());
        }
    }

    private Optional<Duration> keepalive(TableReader table) {
        Optional<Located<Duration>> given = table.parsed("keepalive", "25s", DurationText::parse);
        given.ifPresent(interval -> {
            Duration value = interval.value();
            if (value.toMillisPart() != 0 || value.compareTo(MAX_KEEPALIVE) > 0) {
                problems.at(
                        interval,
                        "expected whole seconds, \"0s\" (off) to \"%ds\"".formatted(MAX_KEEPALIVE.toSeconds()));
            }
        });
        return given.map(Located::value).filter(Duration::isPositive);
    }

    private Set<MacAddress> allowedMacs(TableReader table) {
        if (mode.equals(Optional.of(TapMode.TUN))) {
            table.any("allowed_macs")
                    .ifPresent(given ->
                            problems.at(given, "is for tap mode: a TUN carries no Ethernet frames; use allowed_ips"));
        }
        List<Located<MacAddress>> macs = table.parsedList("allowed_macs", AddressText::mac);
        macs.forEach(mac -> claims.claim(mac, mac.value(), mac.value().toString()));
        return macs.stream().map(Located::value).collect(Collectors.toUnmodifiableSet());
    }

    private List<IpPrefix> allowedIps(TableReader table, boolean enabled) {
        if (mode.equals(Optional.of(TapMode.TAP))) {
            table.any("allowed_ips")
                    .ifPresent(
                            given -> problems.at(
                                    given,
                                    "is for tun mode: a TAP learns who is where by itself; leave it out, or set mode = \"tun\""));
        }
        List<Located<IpPrefix>> prefixes = table.parsedList("allowed_ips", AddressText::prefix);
        if (mode.equals(Optional.of(TapMode.TUN)) && enabled && !table.has("allowed_ips")) {
            table.require("allowed_ips", "without it nothing is sent to this peer or taken from it");
        }
        for (Located<IpPrefix> prefix : prefixes) {
            IpPrefix network = prefix.value().network();
            claims.claim(prefix, network, network.toString());
            routes.route(prefix);
            if (!network.equals(prefix.value())) {
                problems.warnAt(prefix, "%s is taken as the network %s".formatted(prefix.value(), network));
            }
        }
        return prefixes.stream().map(Located::value).toList();
    }
}
