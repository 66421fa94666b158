package dev.culvert.config;

/**
 * A peer's UDP address as configured: a name or a literal address, resolved while the tunnel runs.
 *
 * @param host a DNS name, or an IPv4 or IPv6 literal without brackets
 * @param port 1..65535
 */
public record RemoteName(String host, int port) {
    public RemoteName {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
