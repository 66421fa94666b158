package dev.culvert.bench.live;

import dev.culvert.tunnel.TunnelStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a tunnel culvert0 may say of itself. */
final class Statuses {
    private Statuses() {}

    static TunnelStatus of(long processId, Map<String, Long> drops, TunnelStatus.Peer... peers) {
        return new TunnelStatus(
                "culvert0",
                "tap",
                processId,
                Instant.EPOCH,
                "",
                "",
                1404,
                "",
                List.of(),
                "",
                "",
                List.of(),
                0,
                Map.of(),
                drops,
                List.of(),
                List.of(),
                List.of(peers));
    }
}
