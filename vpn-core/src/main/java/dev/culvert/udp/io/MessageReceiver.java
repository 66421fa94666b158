package dev.culvert.udp.io;

import dev.culvert.libc.Downcalls;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;

/** recvmmsg(2), with UDP_GRO where the socket has it: each message may be several datagrams. Confined to one thread. */
public final class MessageReceiver {
    private final int fd;
    private final int slots;
    private final Messages messages;
    private final MemorySegment callState = Downcalls.newCallState();
    private final SocketNames names;

    /**
     * Borrows {@code fd}, a non-blocking socket, which is of IPv6 or not, and memory of {@code slots * slotBytes} at
     * {@code address}: message i is received at {@code i * slotBytes}.
     */
    public MessageReceiver(int fd, boolean ipv6, long address, int slots, int slotBytes) {
        this.fd = fd;
        this.slots = slots;
        this.messages = new Messages(slots);
        this.names = new SocketNames(ipv6);
        for (int slot = 0; slot < slots; slot++) {
            messages.setMemory(slot, address + (long) slot * slotBytes, slotBytes);
            messages.reset(slot);
        }
    }

    /** How many messages were received, at least 1; or the errno, negative. What stood in the memory is gone. */
    public int receive() {
        try {
            return MessageCalls.receive(callState, fd, messages.address(), slots);
        } finally {
            Reference.reachabilityFence(messages);
        }
    }

    public int bytes(int slot) {
        return messages.bytes(slot);
    }

    /** Size of the datagrams that a message consists of, the last may be shorter; at least 1. */
    public int segmentBytes(int slot) {
        int joined = messages.joinedSegment(slot);
        return joined > 0 ? joined : Math.max(1, messages.bytes(slot));
    }

    public InetSocketAddress sender(int slot) {
        return names.read(messages.names(), Messages.nameOffset(slot), messages.nameLength(slot));
    }

    /** Makes a slot ready to be received into again; for each of the last {@link #receive}, before the next. */
    public void reset(int slot) {
        messages.reset(slot);
    }
}
