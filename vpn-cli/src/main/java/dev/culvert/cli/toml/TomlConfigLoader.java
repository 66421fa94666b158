package dev.culvert.cli.toml;

import dev.culvert.config.CryptoConfig;
import dev.culvert.config.InterfaceConfig;
import dev.culvert.config.PeerConfig;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.device.TapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Loads one configuration file and the key files it names. Changes nothing on the system. */
public final class TomlConfigLoader {
    private static final List<String> TABLES = List.of("interface", "crypto", "peer");

    private final Path file;
    private final ConfigProblems problems;
    private final List<AutoCloseableKey> secrets = new ArrayList<>();

    /** A key whose close throws nothing. */
    private interface AutoCloseableKey extends AutoCloseable {
        @Override
        void close();
    }

    private TomlConfigLoader(Path file) {
        this.file = file;
        this.problems = new ConfigProblems(file);
    }

    public static LoadedConfig load(Path file) {
        TomlConfigLoader loader = new TomlConfigLoader(file);
        Optional<TunnelConfig> config = SourceText.read(file, loader.problems).flatMap(loader::read);
        List<Problem> faults = loader.problems.faults();
        if (faults.isEmpty() && config.isPresent()) {
            return new LoadedConfig.Valid(config.get(), loader.problems.warnings());
        }
        loader.secrets.forEach(AutoCloseableKey::close);
        if (faults.isEmpty()) {
            throw new IllegalStateException("no configuration, and no fault that says why");
        }
        return new LoadedConfig.Broken(faults, loader.problems.warnings());
    }

    private Optional<TunnelConfig> read(SourceText source) {
        TomlParseResult root;
        try {
            root = Toml.parse(source.text());
        } catch (StackOverflowError tooDeep) {
            // The parser is recursive; a megabyte of opening brackets is still the operator's mistake, not our crash.
            problems.inFile("nested too deeply");
            return Optional.empty();
        } catch (RuntimeException | AssertionError parserDefect) {
            // Found by TomlConfigFuzzTest: some stray backslashes break an assertion of the parser.
            problems.inFile("is no TOML, and the parser cannot say where: look for stray backslashes and quotes");
            return Optional.empty();
        }
        for (TomlParseError error : root.errors()) {
            problems.syntaxAt(Position.of(error.position()), SyntaxText.of(error));
        }
        TableReader top = new TableReader(root, "", Position.START, source, problems);
        top.refuseUnknownKeys(TABLES);
        return read(root, source);
    }

    private Optional<TunnelConfig> read(TomlTable root, SourceText source) {
        Optional<TableReader> device = table(root, "interface", source);
        if (device.isEmpty() && root.get(List.of("interface")) == null) {
            problems.absentAt(Position.START, "[interface] is missing");
        }
        CryptoConfig crypto = new CryptoReader(problems).read(table(root, "crypto", source));
        InterfaceReader reader = new InterfaceReader(file, problems);
        // Without [interface] nothing is known of the mode: what contradicts it is not told.
        Optional<TapMode> mode = device.flatMap(reader::mode);
        Optional<PrivateKey> privateKey = device.flatMap(reader::privateKey);
        privateKey.ifPresent(key -> secrets.add(key::close));
        Optional<InterfaceConfig> configured = device.flatMap(table -> reader.read(table, mode, privateKey));
        PeerReader peerReader = new PeerReader(file, problems, mode, privateKey.map(PrivateKey::publicKey));
        List<PeerConfig> peers = peers(root, source, peerReader);
        peerReader.refuseRoutesToRemotes();
        device.ifPresent(table -> reader.refuseNarrowIpv6(table, peers));
        boolean namesPeers = root.get(List.of("peer")) != null;
        device.ifPresent(table -> warnOfSilence(table, namesPeers, peers));
        return configured.map(each -> new TunnelConfig(each, crypto, peers));
    }

    private List<PeerConfig> peers(TomlTable root, SourceText source, PeerReader reader) {
        List<PeerConfig> peers = new ArrayList<>();
        for (TableReader table : peerTables(root, source)) {
            Optional<PresharedKey> presharedKey = reader.presharedKey(table);
            presharedKey.ifPresent(key -> secrets.add(key::close));
            reader.read(table, presharedKey).ifPresent(peers::add);
        }
        return peers;
    }

    private Optional<TableReader> table(TomlTable root, String name, SourceText source) {
        Object value = root.get(List.of(name));
        if (value instanceof TomlTable table) {
            return Optional.of(reader(table, name, positionOf(root, name), source));
        }
        if (value instanceof TomlArray) {
            problems.at(positionOf(root, name), "[[%s]]: there is one only: write [%s]".formatted(name, name));
        } else if (value != null) {
            problems.at(positionOf(root, name), TableReader.mismatch(name, "a table [" + name + "]", value));
        }
        return Optional.empty();
    }

    private TableReader reader(TomlTable table, String name, Position at, SourceText source) {
        TableReader reader = new TableReader(table, name, at, source, problems);
        reader.refuseUnknownKeys(TableReader.SCHEMA.getOrDefault(name, List.of()));
        return reader;
    }

    private List<TableReader> peerTables(TomlTable root, SourceText source) {
        Object value = root.get(List.of("peer"));
        List<TableReader> tables = new ArrayList<>();
        if (value instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                Position at = source.skipBlanks(Position.of(array.inputPositionOf(i)));
                if (array.get(i) instanceof TomlTable table) {
                    tables.add(reader(table, "peer", at, source));
                } else {
                    problems.at(at, TableReader.mismatch("peer", "tables [[peer]]", array.get(i)));
                }
            }
        } else if (value instanceof TomlTable) {
            problems.at(positionOf(root, "peer"), "[peer]: there may be several: write [[peer]]");
        } else if (value != null) {
            problems.at(positionOf(root, "peer"), TableReader.mismatch("peer", "tables [[peer]]", value));
        }
        return tables;
    }

    private void warnOfSilence(TableReader device, boolean namesPeers, List<PeerConfig> peers) {
        if (!namesPeers) {
            problems.warnAt(device.at(), "no [[peer]]: this tunnel leads nowhere");
        } else if (!device.has("listen")
                && !peers.isEmpty()
                && peers.stream().allMatch(peer -> peer.remote().isEmpty())) {
            problems.warnAt(
                    device.at(), "neither `listen` nor the `endpoint` of a peer: no side can begin a conversation");
        }
    }

    private static Position positionOf(TomlTable root, String name) {
        return Position.of(root.inputPositionOf(List.of(name)));
    }
}
