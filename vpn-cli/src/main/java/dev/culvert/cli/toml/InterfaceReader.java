package dev.culvert.cli.toml;

import dev.culvert.config.InterfaceConfig;
import dev.culvert.config.OffloadConfig;
import dev.culvert.config.PeerConfig;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The table {@code [interface]}. */
final class InterfaceReader {
    static final List<String> KEYS = List.of(
            "name",
            "mode",
            "private_key_file",
            "listen",
            "address",
            "mtu",
            "bridge",
            "lanes",
            "txqueue",
            "forward",
            "offload");

    /** Of the table {@code [interface.offload]}. */
    static final List<String> OFFLOAD_KEYS = List.of("tap", "udp");

    private static final InetSocketAddress ANY_FREE_PORT = new InetSocketAddress("::", 0);
    private static final int MIN_MTU = 576; // RFC 1122, section 3.3.3: what every IPv4 host takes
    private static final int MAX_MTU = 9216;
    private static final int DEFAULT_TX_QUEUE_FRAMES = 1000;
    private static final int MAX_TX_QUEUE_FRAMES = 100_000;

    private final Path file;
    private final ConfigProblems problems;
    private List<IpPrefix> addresses = List.of();

    InterfaceReader(Path file, ConfigProblems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The mode, as far as the file says it: empty when what it says is no mode, or may have been lost. */
    Optional<TapMode> mode(TableReader table) {
        if (!table.has("mode")) {
            return problems.hasSyntaxErrors() ? Optional.empty() : Optional.of(TapMode.TAP);
        }
        return table.parsed("mode", "tap", text -> CryptoReader.oneOf(List.of("tap", "tun"), text))
                .map(mode -> mode.value().equals("tap") ? TapMode.TAP : TapMode.TUN);
    }

    Optional<PrivateKey> privateKey(TableReader table) {
        table.require("private_key_file", "name a file that culvert genkey has written");
        return table.parsed(
                        "private_key_file",
                        "office.key",
                        name -> KeyFile.read(KeyFile.beside(file, name), "culvert genkey", PrivateKey::fromBase64))
                .map(Located::value);
    }

    /** Empty when what cannot be replaced by a default is missing or wrong. */
    Optional<InterfaceConfig> read(TableReader table, Optional<TapMode> mode, Optional<PrivateKey> privateKey) {
        table.require("name", "the device to make, such as name = \"culvert0\"");
        Optional<Located<String>> name = table.parsed("name", "culvert0", DeviceName::parse);
        addresses = addresses(table);
        OptionalInt mtu = mtu(table);
        Optional<Located<String>> bridge = bridge(table, name, mode);
        Optional<Located<Boolean>> forward = forward(table, mode);
        int lanes = lanes(table);
        int txQueueFrames = txQueueFrames(table);
        OffloadConfig offload = offload(table);
        InetSocketAddress listen = table.parsed("listen", "[::]:51820", AddressText::listen)
                .map(Located::value)
                .orElse(ANY_FREE_PORT);
        if (name.isEmpty() || mode.isEmpty() || privateKey.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new InterfaceConfig(
                name.get().value(),
                mode.get(),
                privateKey.get(),
                listen,
                addresses,
                mtu,
                bridge.map(Located::value),
                lanes,
                txQueueFrames,
                forward.map(Located::value).orElse(false),
                offload));
    }

    private static OffloadConfig offload(TableReader table) {
        Optional<TableReader> offload = table.table("offload", OFFLOAD_KEYS);
        return new OffloadConfig(isOn(offload, "tap"), isOn(offload, "udp"));
    }

    private static boolean isOn(Optional<TableReader> switches, String key) {
        return switches.flatMap(table -> table.flag(key)).map(Located::value).orElse(true);
    }

    private List<IpPrefix> addresses(TableReader table) {
        List<Located<IpPrefix>> addresses = table.parsedList("address", AddressText::hostPrefix);
        Claims once = new Claims(problems);
        addresses.forEach(each ->
                once.claim(each, each.value().address(), each.value().address().getHostAddress()));
        return addresses.stream().map(Located::value).toList();
    }

    /** For addresses of ours and routes to peers alike; to be asked after {@link #read}. */
    void refuseNarrowIpv6(TableReader table, List<PeerConfig> peers) {
        Stream<IpPrefix> routes = peers.stream().flatMap(peer -> peer.allowedIps().stream());
        boolean carriesIpv6 = Stream.concat(addresses.stream(), routes).anyMatch(InterfaceReader::isIpv6);
        Optional<Located<Object>> given = table.any("mtu");
        if (carriesIpv6
                && given.isPresent()
                && given.get().value() instanceof Long bytes
                && bytes >= MIN_MTU
                && bytes < DeviceSpec.MIN_IPV6_MTU) {
            problems.at(given.get(), "IPv6 needs at least %d, found %d".formatted(DeviceSpec.MIN_IPV6_MTU, bytes));
        }
    }

    private OptionalInt mtu(TableReader table) {
        Optional<Located<Object>> given = table.any("mtu");
        if (given.isEmpty() || given.get().value().equals("auto")) {
            return OptionalInt.empty();
        }
        Located<Object> mtu = given.get();
        String expected = "\"auto\" or a number from %d to %d".formatted(MIN_MTU, MAX_MTU);
        switch (mtu.value()) {
            case Long bytes
            when bytes >= MIN_MTU && bytes <= MAX_MTU -> {
                return OptionalInt.of(Math.toIntExact(bytes));
            }
            case Long bytes -> problems.at(mtu, "expected %s, found %d".formatted(expected, bytes));
            case String text -> problems.at(mtu, "expected %s, found %s".formatted(expected, Quoted.text(text)));
            default -> problems.at(mtu.at(), TableReader.mismatch("mtu", expected, mtu.value()));
        }
        return OptionalInt.empty();
    }

    private static boolean isIpv6(IpPrefix prefix) {
        return prefix.address().getAddress().length > 4;
    }

    private Optional<Located<String>> bridge(
            TableReader table, Optional<Located<String>> name, Optional<TapMode> mode) {
        Optional<Located<String>> bridge = table.parsed("bridge", "br0", DeviceName::parse);
        bridge.ifPresent(given -> {
            if (mode.equals(Optional.of(TapMode.TUN))) {
                problems.at(given, "a TUN carries no frames and joins no bridge: leave it out, or set mode = \"tap\"");
            }
            if (name.isPresent() && name.get().value().equals(given.value())) {
                problems.at(given, "the device cannot join itself: name the bridge");
            }
            table.any("address")
                    .ifPresent(address -> problems.warnAt(
                            address,
                            "has little effect on a bridged device: give the addresses to the bridge "
                                    + given.value()));
        });
        return bridge;
    }

    private Optional<Located<Boolean>> forward(TableReader table, Optional<TapMode> mode) {
        Optional<Located<Boolean>> forward = table.flag("forward");
        if (mode.equals(Optional.of(TapMode.TUN))
                && forward.isPresent()
                && forward.get().value()) {
            problems.at(
                    forward.get(),
                    "in tun mode the kernel forwards: leave it out, and run: sysctl -w net.ipv4.ip_forward=1");
        }
        return forward;
    }

    private int lanes(TableReader table) {
        Optional<Located<Long>> given = table.integer("lanes");
        if (given.isEmpty()) {
            return 1;
        }
        long lanes = given.get().value();
        if (lanes < 1 || lanes > InterfaceConfig.MAX_LANES) {
            problems.at(
                    given.get(),
                    "expected a number from 1 to %d, found %d".formatted(InterfaceConfig.MAX_LANES, lanes));
            return 1;
        }
        int processors = Runtime.getRuntime().availableProcessors();
        if (lanes > processors) {
            problems.warnAt(
                    given.get(),
                    "more lanes than processors, of which this machine has %d: they would wait for each other"
                            .formatted(processors));
        }
        return Math.toIntExact(lanes);
    }

    private int txQueueFrames(TableReader table) {
        Optional<Located<Long>> given = table.integer("txqueue");
        if (given.isEmpty()) {
            return DEFAULT_TX_QUEUE_FRAMES;
        }
        long frames = given.get().value();
        if (frames < 1 || frames > MAX_TX_QUEUE_FRAMES) {
            problems.at(
                    given.get(),
                    "expected a number of frames from 1 to %d, found %d".formatted(MAX_TX_QUEUE_FRAMES, frames));
            return DEFAULT_TX_QUEUE_FRAMES;
        }
        return Math.toIntExact(frames);
    }
}
