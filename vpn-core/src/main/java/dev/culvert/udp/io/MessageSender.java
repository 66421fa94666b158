package dev.culvert.udp.io;

import dev.culvert.libc.Downcalls;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;

/** sendmmsg(2) with UDP_SEGMENT, which the descriptor's owner has found to work. */
public final class MessageSender implements MessageOutlet {
    private final int fd;
    private final Messages messages = new Messages(SLOTS);
    private final MemorySegment callState = Downcalls.newCallState();
    private final SocketNames names;

    /** Borrows {@code fd}, a non-blocking socket, which is of IPv6 or not. */
    public MessageSender(int fd, boolean ipv6) {
        this.fd = fd;
        this.names = new SocketNames(ipv6);
    }

    @Override
    public void put(int slot, InetSocketAddress remote, long address, int bytes, int segmentBytes) {
        messages.setNameLength(slot, names.write(remote, messages.names(), Messages.nameOffset(slot)));
        messages.setMemory(slot, address, bytes);
        messages.setSegment(slot, segmentBytes);
    }

    @Override
    public int send(int count) {
        try {
            return MessageCalls.send(callState, fd, messages.address(), count);
        } finally {
            Reference.reachabilityFence(messages);
        }
    }
}
