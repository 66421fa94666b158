package dev.culvert.device.linux;

import dev.culvert.device.Errno;
import dev.culvert.device.TapException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Asks the kernel about links, addresses and routes. It stays in the network namespace in which it was opened, whatever
 * thread uses it later. One request at a time.
 */
final class RtnetlinkSocket implements AutoCloseable {
    private static final int RECEIVE_BYTES = 64 * 1024; // the kernel sends at most 32 KB at once

    private static final int MORE_TO_COME = -1;

    private final OwnedFd fd;
    private final byte[] received = new byte[RECEIVE_BYTES];
    private int sequence;

    private RtnetlinkSocket(OwnedFd fd) {
        this.fd = fd;
    }

    static RtnetlinkSocket open(String subject) throws TapException {
        return new RtnetlinkSocket(OwnedFd.netlinkSocket(subject, Rtnetlink.NETLINK_ROUTE));
    }

    /** What came back: errno, 0 for success; and the bodies of the replies, behind their headers. */
    record Answer(int errno, List<ByteBuffer> replies) {}

    /** Sends a request that the kernel answers with an acknowledgement or, for a dump, an end mark. */
    Answer ask(NetlinkMessage request) {
        sequence++;
        byte[] bytes = request.bytes(sequence);
        if (LibC.send(fd.number(), bytes, bytes.length, 0) < 0) {
            return new Answer(LibC.errno(), List.of());
        }
        List<ByteBuffer> replies = new ArrayList<>();
        while (true) {
            int length = (int) LibC.recv(fd.number(), received, received.length, 0);
            int errno = length < 0 ? LibC.errno() : 0;
            if (errno == Errno.EINTR) {
                continue;
            }
            int outcome = errno != 0 ? errno : collect(Arrays.copyOf(received, length), replies);
            if (outcome != MORE_TO_COME) {
                return new Answer(outcome, replies);
            }
        }
    }

    /** Takes one datagram apart. Returns errno once the kernel has said it, 0 for success. */
    private int collect(byte[] datagram, List<ByteBuffer> replies) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
        int at = 0;
        while (at + NetlinkMessage.HEADER_BYTES <= bytes.limit()) {
            int length = bytes.getInt(at);
            if (length < NetlinkMessage.HEADER_BYTES || at + length > bytes.limit()) {
                return Errno.EIO;
            }
            int type = Short.toUnsignedInt(bytes.getShort(at + NetlinkMessage.TYPE));
            ByteBuffer body = NetlinkMessage.part(bytes, at + NetlinkMessage.HEADER_BYTES, at + length);
            if (bytes.getInt(at + NetlinkMessage.SEQUENCE) == sequence) {
                switch (type) {
                    case Rtnetlink.NLMSG_ERROR -> {
                        return -body.getInt(0);
                    }
                    case Rtnetlink.NLMSG_DONE -> {
                        return 0;
                    }
                    default -> replies.add(body);
                }
            }
            at += NetlinkMessage.aligned(length);
        }
        return MORE_TO_COME;
    }

    @Override
    public void close() {
        fd.close();
    }
}
