package dev.culvert.cli.toml;

import dev.culvert.config.RemoteName;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as text: never asks the DNS, and takes none of the short forms ({@code 10.1}) that surprise. */
public final class AddressText {
    private static final Pattern LOOKS_LIKE_IPV4 = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern DNS_NAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\\.?");
    private static final Pattern PREFIX_BITS = Pattern.compile("[0-9]{1,3}");
    private static final int MAX_PORT = 65_535;

    private AddressText() {}

    /** {@code vpn.example.org:51820}, {@code 192.0.2.1:51820}, {@code [2001:db8::1]:51820}. */
    public static RemoteName remote(String text) throws BadValueException {
        RemoteName remote = hostAndPort(text, "vpn.example.org:51820");
        InetAddress literal = isName(remote.host()) ? null : address(remote.host());
        if (literal != null && (literal.isAnyLocalAddress() || literal.isMulticastAddress())) {
            throw new BadValueException("expected the address of one host, found " + Quoted.text(text));
        }
        return remote;
    }

    /** Empty when the host is a name. */
    static Optional<InetAddress> literalOf(RemoteName remote) {
        return isName(remote.host()) ? Optional.empty() : Optional.of(InetAddress.ofLiteral(remote.host()));
    }

    /** {@code [::]:51820}, {@code 0.0.0.0:51820}: an address of this machine. */
    static InetSocketAddress listen(String text) throws BadValueException {
        if (PREFIX_BITS.matcher(text).matches() || text.matches(":?[0-9]{1,5}")) {
            throw new BadValueException(
                    "an address is missing: write \"[::]:%s\" for IPv6 and IPv4, \"0.0.0.0:%s\" for IPv4 only"
                            .formatted(text.replace(":", ""), text.replace(":", "")));
        }
        if (text.endsWith(":0")) {
            throw new BadValueException("port 0 is no port: leave `listen` out to take any free one");
        }
        RemoteName local = hostAndPort(text, "[::]:51820");
        if (isName(local.host())) {
            throw new BadValueException("expected an address of this machine such as \"[::]:51820\", found the name "
                    + Quoted.text(local.host()));
        }
        InetAddress address = address(local.host());
        if (address.isMulticastAddress()) {
            throw new BadValueException(
                    "expected an address of this machine, found the multicast " + Quoted.text(text));
        }
        return new InetSocketAddress(address, local.port());
    }

    /** {@code 10.8.0.1/24}: an address that a device may have. */
    public static IpPrefix hostPrefix(String text) throws BadValueException {
        IpPrefix prefix = prefix(text);
        if (prefix.address().isMulticastAddress() || prefix.address().isAnyLocalAddress()) {
            throw new BadValueException("expected the address of one host, found " + Quoted.text(text));
        }
        return prefix;
    }

    static IpPrefix prefix(String text) throws BadValueException {
        int slash = text.indexOf('/');
        address(slash < 0 ? text : text.substring(0, slash));
        if (slash >= 0 && !PREFIX_BITS.matcher(text.substring(slash + 1)).matches()) {
            throw new BadValueException("expected a prefix length after the slash, found " + Quoted.text(text));
        }
        try {
            return IpPrefix.parse(text);
        } catch (IllegalArgumentException bad) {
            throw new BadValueException(bad.getMessage() + " in " + Quoted.text(text));
        }
    }

    static MacAddress mac(String text) throws BadValueException {
        MacAddress mac;
        try {
            mac = MacAddress.parse(text);
        } catch (IllegalArgumentException _) {
            throw new BadValueException("expected a MAC address such as 02:00:5e:10:00:01, found " + Quoted.text(text));
        }
        if (!mac.isUnicast()) {
            throw new BadValueException("no frame can come from the group or zero address " + mac);
        }
        return mac;
    }

    private static RemoteName hostAndPort(String text, String example) throws BadValueException {
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[") ? !text.matches("\\[[^\\[\\]]*\\]:.*") : colon < 0) {
            throw new BadValueException("a port is missing: expected HOST:PORT such as \"%s\", found %s"
                    .formatted(example, Quoted.text(text)));
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
            if (host.indexOf(':') < 0) {
                throw new BadValueException("brackets are for IPv6 addresses, found " + Quoted.text(text));
            }
        } else if (host.indexOf(':') >= 0) {
            throw new BadValueException(bracketsMissing(text, host));
        }
        if (!isName(host)) {
            address(host);
        } else if (!DNS_NAME.matcher(host).matches()) {
            throw new BadValueException(
                    "expected HOST:PORT such as \"%s\", found %s".formatted(example, Quoted.text(text)));
        }
        return new RemoteName(host, port(text.substring(colon + 1), text));
    }

    private static String bracketsMissing(String text, String host) {
        String meant = isIpv6(host) && !host.endsWith(":")
                ? "[" + host + "]" + text.substring(host.length())
                : "[" + text + "]:51820";
        boolean knowsMeaning = isIpv6(host) || isIpv6(text);
        return knowsMeaning
                ? "an IPv6 address stands in brackets in front of its port: write \"" + meant + "\""
                : "expected HOST:PORT with one colon, found " + Quoted.text(text);
    }

    private static int port(String digits, String whole) throws BadValueException {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
        if (port < 1 || port > MAX_PORT) {
            throw new BadValueException(
                    "expected a port from 1 to %d, found %s".formatted(MAX_PORT, Quoted.text(whole)));
        }
        return port;
    }

    private static boolean isName(String host) {
        return host.indexOf(':') < 0 && !LOOKS_LIKE_IPV4.matcher(host).matches();
    }

    private static boolean isIpv6(String text) {
        try {
            return text.indexOf(':') >= 0 && address(text).getAddress().length > 4;
        } catch (BadValueException _) {
            return false;
        }
    }

    private static InetAddress address(String literal) throws BadValueException {
        if (literal.indexOf(':') >= 0 || IPV4.matcher(literal).matches()) {
            try {
                return InetAddress.ofLiteral(literal);
            } catch (IllegalArgumentException _) {
                // falls through to the one message for both
            }
        }
        throw new BadValueException("expected an address such as 10.8.0.1 or fd00:8::1, found " + Quoted.text(literal));
    }
}
