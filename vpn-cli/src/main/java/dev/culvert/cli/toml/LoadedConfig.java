package dev.culvert.cli.toml;

import dev.culvert.config.TunnelConfig;
import java.util.List;

/** What became of a configuration file. */
public sealed interface LoadedConfig {
    /** Things the operator should know that do not stand in the way, in the order of the file. */
    List<Problem> warnings();

    /** The file is sound. The caller owns the keys in {@code config}. */
    record Valid(TunnelConfig config, List<Problem> warnings) implements LoadedConfig {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** The file has faults: at least one, all of them, in the order of the file. Keys read on the way are wiped. */
    record Broken(List<Problem> faults, List<Problem> warnings) implements LoadedConfig {
        public Broken {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }
}
