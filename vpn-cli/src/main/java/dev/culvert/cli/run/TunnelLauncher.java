package dev.culvert.cli.run;

import dev.culvert.config.TunnelConfig;
import java.io.IOException;

/** Makes a tunnel of a configuration. */
@FunctionalInterface
public interface TunnelLauncher {
    /**
     * Returns once the tunnel carries frames. The tunnel owns the keys in {@code config} from then on.
     *
     * @throws IOException naming object, cause and remedy; nothing is left behind on the system, and a device that was
     *     there before is as it was
     */
    RunningTunnel start(TunnelConfig config) throws IOException;
}
