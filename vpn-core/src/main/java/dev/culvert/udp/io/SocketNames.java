package dev.culvert.udp.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Socket addresses as the kernel has them, {@code struct sockaddr_in} and {@code sockaddr_in6} (ip(7), ipv6(7)), and as
 * Java has them. The last ones are remembered: whoever talks with the same peers all the time makes no garbage.
 */
final class SocketNames {
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int PORT_AT = 2;
    private static final int V4_ADDRESS = 4;
    private static final int V4_BYTES = 16;
    private static final int V6_ADDRESS = 8;
    private static final int V6_SCOPE = 24;
    private static final int V6_BYTES = 28;
    private static final int MAPPED_PREFIX_BYTES = 12; // ::ffff:0:0/96, RFC 4291, section 2.5.5.2

    private static final int REMEMBERED = 256; // a power of two: the place is a mask

    private final boolean ipv6;
    private final MemorySegment encoded = Arena.ofAuto().allocate((long) REMEMBERED * Messages.NAME_BYTES, Long.BYTES);
    private final @Nullable InetSocketAddress[] encodedFrom = new InetSocketAddress[REMEMBERED];
    private final MemorySegment decodedFrom =
            Arena.ofAuto().allocate((long) REMEMBERED * Messages.NAME_BYTES, Long.BYTES);
    private final @Nullable InetSocketAddress[] decoded = new InetSocketAddress[REMEMBERED];

    /** @param ipv6 of a socket of IPv6, which writes IPv4 addresses as mapped ones */
    SocketNames(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    /** Writes the name of {@code remote}, and answers its length. */
    int write(InetSocketAddress remote, MemorySegment target, int offset) {
        int place = remote.hashCode() & (REMEMBERED - 1);
        // Two link-local addresses on different links are equal to Java, so what has a scope is not remembered.
        boolean scoped = remote.getAddress() instanceof Inet6Address sixth && sixth.getScopeId() != 0;
        if (scoped || !remote.equals(encodedFrom[place])) {
            encode(remote, place * Messages.NAME_BYTES);
            encodedFrom[place] = scoped ? null : remote;
        }
        MemorySegment.copy(encoded, (long) place * Messages.NAME_BYTES, target, offset, Messages.NAME_BYTES);
        return ipv6 ? V6_BYTES : V4_BYTES;
    }

    private void encode(InetSocketAddress remote, int at) {
        byte[] address = remote.getAddress().getAddress();
        encoded.asSlice(at, Messages.NAME_BYTES).fill((byte) 0);
        encoded.set(JAVA_SHORT, at, ipv6 ? AF_INET6 : AF_INET);
        encoded.set(PORT, (long) at + PORT_AT, (short) remote.getPort());
        if (!ipv6) {
            MemorySegment.copy(address, 0, encoded, JAVA_BYTE, (long) at + V4_ADDRESS, address.length);
        } else if (remote.getAddress() instanceof Inet6Address sixth) {
            MemorySegment.copy(address, 0, encoded, JAVA_BYTE, (long) at + V6_ADDRESS, address.length);
            encoded.set(JAVA_INT, (long) at + V6_SCOPE, sixth.getScopeId());
        } else {
            encoded.set(JAVA_SHORT, (long) at + V6_ADDRESS + MAPPED_PREFIX_BYTES - Short.BYTES, (short) -1);
            MemorySegment.copy(
                    address, 0, encoded, JAVA_BYTE, (long) at + V6_ADDRESS + MAPPED_PREFIX_BYTES, address.length);
        }
    }

    /** Reads a name that the kernel wrote. */
    InetSocketAddress read(MemorySegment source, int offset, int length) {
        // Behind a short name, what a longer one left: it must not tell two equal ones apart.
        long first = source.get(JAVA_LONG, offset);
        long second = source.get(JAVA_LONG, (long) offset + 8);
        long third = length > V4_BYTES ? source.get(JAVA_LONG, (long) offset + 16) : 0;
        long fourth = length > V4_BYTES ? source.get(JAVA_INT, (long) offset + 24) : 0;
        long mixed = (first * 31 + second) * 31 + third;
        int place = (int) ((mixed * 0x9e37_79b9_7f4a_7c15L) >>> 56) & (REMEMBERED - 1);
        long at = (long) place * Messages.NAME_BYTES;
        InetSocketAddress known = decoded[place];
        if (known != null
                && decodedFrom.get(JAVA_LONG, at) == first
                && decodedFrom.get(JAVA_LONG, at + 8) == second
                && decodedFrom.get(JAVA_LONG, at + 16) == third
                && decodedFrom.get(JAVA_LONG, at + 24) == fourth) {
            return known;
        }
        InetSocketAddress fresh = decode(source, offset);
        decodedFrom.set(JAVA_LONG, at, first);
        decodedFrom.set(JAVA_LONG, at + 8, second);
        decodedFrom.set(JAVA_LONG, at + 16, third);
        decodedFrom.set(JAVA_LONG, at + 24, fourth);
        decoded[place] = fresh;
        return fresh;
    }

    private static InetSocketAddress decode(MemorySegment source, int offset) {
        boolean isV6 = source.get(JAVA_SHORT, offset) == AF_INET6;
        int port = source.get(PORT, (long) offset + PORT_AT) & 0xffff;
        byte[] address = new byte[isV6 ? 16 : 4];
        int from = offset + (isV6 ? V6_ADDRESS : V4_ADDRESS);
        MemorySegment.copy(source, JAVA_BYTE, from, address, 0, address.length);
        int scope = isV6 ? source.get(JAVA_INT, (long) offset + V6_SCOPE) : 0;
        try {
            // Java itself makes an IPv4 address of a mapped one.
            InetAddress host =
                    scope == 0 ? InetAddress.getByAddress(address) : Inet6Address.getByAddress(null, address, scope);
            return new InetSocketAddress(host, port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }
}
