package dev.culvert.cli.control;

import dev.culvert.tunnel.TunnelStatus;
import java.util.Optional;

/**
 * What the tunnel answers.
 *
 * @param error why {@code ok} is false
 * @param processId of the process that carries the tunnel
 * @param status when it was asked for
 */
record ControlResponse(boolean ok, Optional<String> error, long processId, Optional<TunnelStatus> status) {
    static ControlResponse done() {
        return new ControlResponse(
                true, Optional.empty(), ProcessHandle.current().pid(), Optional.empty());
    }

    static ControlResponse of(TunnelStatus status) {
        return new ControlResponse(
                true, Optional.empty(), ProcessHandle.current().pid(), Optional.of(status));
    }

    static ControlResponse refused(String why) {
        return new ControlResponse(
                false, Optional.of(why), ProcessHandle.current().pid(), Optional.empty());
    }
}
