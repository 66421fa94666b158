package dev.culvert.device.linux;

import dev.culvert.device.Errno;
import dev.culvert.device.TapException;
import dev.culvert.ethernet.MacAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the kernel says about an interface: {@code struct ifinfomsg} and attributes (linux/rtnetlink.h, if_link.h). */
final class LinkInfo {
    private static final int INDEX = 4;
    private static final int FLAGS = 8;
    private static final int BYTES = 16;

    private static final int MAC_BYTES = MacAddress.BYTES;

    private final ByteBuffer header;
    private final Map<Integer, ByteBuffer> attributes;
    private final Map<Integer, ByteBuffer> kind;

    private LinkInfo(ByteBuffer reply) {
        header = reply;
        attributes = NetlinkMessage.attributes(reply.position(BYTES));
        kind = nested(attributes, Rtnetlink.IFLA_LINKINFO);
    }

    /** Empty when there is no interface {@code name} in the socket's namespace. */
    static Optional<LinkInfo> find(RtnetlinkSocket netlink, String name) throws TapException {
        return of(netlink.ask(Requests.link(name)), name);
    }

    static Optional<LinkInfo> find(RtnetlinkSocket netlink, int index) throws TapException {
        return of(netlink.ask(Requests.link(index)), "interface " + index);
    }

    private static Optional<LinkInfo> of(RtnetlinkSocket.Answer answer, String subject) throws TapException {
        if (answer.errno() == Errno.ENODEV) {
            return Optional.empty();
        }
        if (answer.errno() != 0 || answer.replies().isEmpty()) {
            throw new TapException(
                    subject, "look up interface", Errno.name(answer.errno()), Remedies.forChange(answer.errno()));
        }
        return Optional.of(new LinkInfo(answer.replies().getFirst()));
    }

    private static Map<Integer, ByteBuffer> nested(Map<Integer, ByteBuffer> attributes, int type) {
        ByteBuffer inner = attributes.get(type);
        return inner == null ? Map.of() : NetlinkMessage.attributes(inner);
    }

    int index() {
        return header.getInt(INDEX);
    }

    boolean isUp() {
        return (header.getInt(FLAGS) & Rtnetlink.IFF_UP) != 0;
    }

    int mtu() {
        return number(Rtnetlink.IFLA_MTU);
    }

    int txQueueFrames() {
        return number(Rtnetlink.IFLA_TXQLEN);
    }

    /** Index of the bridge it is in, or 0. */
    int masterIndex() {
        return number(Rtnetlink.IFLA_MASTER);
    }

    private int number(int type) {
        ByteBuffer value = attributes.get(type);
        return value == null ? 0 : value.getInt(0);
    }

    /** {@code tun} for taps and tuns, {@code bridge}, {@code veth}; empty for hardware. */
    String kind() {
        return text(kind.get(Rtnetlink.IFLA_INFO_KIND));
    }

    String name() {
        return text(attributes.get(Rtnetlink.IFLA_IFNAME));
    }

    private static String text(@Nullable ByteBuffer zeroTerminated) {
        return zeroTerminated == null
                ? ""
                : StandardCharsets.UTF_8
                        .decode(zeroTerminated.duplicate())
                        .toString()
                        .replace("\0", "");
    }

    boolean isTap() {
        return tunAttribute(Rtnetlink.IFLA_TUN_TYPE) == IfTun.IFF_TAP;
    }

    boolean isMultiQueue() {
        return tunAttribute(Rtnetlink.IFLA_TUN_MULTI_QUEUE) != 0;
    }

    /** Of all programs that hold the device, the ones they have switched off included. */
    int queues() {
        return tunNumber(Rtnetlink.IFLA_TUN_NUM_QUEUES) + tunNumber(Rtnetlink.IFLA_TUN_NUM_DISABLED_QUEUES);
    }

    private int tunNumber(int type) {
        ByteBuffer value = nested(kind, Rtnetlink.IFLA_INFO_DATA).get(type);
        return value == null ? 0 : value.getInt(0);
    }

    private int tunAttribute(int type) {
        ByteBuffer value = nested(kind, Rtnetlink.IFLA_INFO_DATA).get(type);
        return value == null ? 0 : value.get(0);
    }

    Optional<MacAddress> hardwareAddress() {
        ByteBuffer value = attributes.get(Rtnetlink.IFLA_ADDRESS);
        if (value == null || value.limit() != MAC_BYTES) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < MAC_BYTES; i++) {
            bits = bits << Byte.SIZE | Byte.toUnsignedLong(value.get(i));
        }
        return Optional.of(new MacAddress(bits));
    }
}
