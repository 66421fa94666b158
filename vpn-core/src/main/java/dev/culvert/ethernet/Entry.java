package dev.culvert.ethernet;

import dev.culvert.ethernet.ForwardingTable.Owner;

/** What a {@link ForwardingTable} keeps of an address: changed under its lock, but for the time of the last use. */
final class Entry<P> {
    final long mac;
    Owner<P> owner;
    long lastUsedNanos;
    private int moves;
    private long firstMoveNanos;
    private boolean heldDown;
    private long heldDownSinceNanos;

    Entry(long mac, Owner<P> owner, long nowNanos) {
        this.mac = mac;
        this.owner = owner;
        this.lastUsedNanos = nowNanos;
    }

    /** By lanes that hold no lock, too; a moment old is as good. */
    void use(long nowNanos) {
        lastUsedNanos = nowNanos;
    }

    boolean isHeldDown(long nowNanos) {
        return heldDown && nowNanos - heldDownSinceNanos < ForwardingTable.HOLD_DOWN_NANOS;
    }

    boolean refusesToMove(long nowNanos) {
        if (heldDown && nowNanos - heldDownSinceNanos >= ForwardingTable.HOLD_DOWN_NANOS) {
            heldDown = false;
            moves = 0;
        } else if (!heldDown
                && moves >= ForwardingTable.MAX_MOVES
                && nowNanos - firstMoveNanos < ForwardingTable.HOLD_DOWN_NANOS) {
            heldDown = true;
            heldDownSinceNanos = nowNanos;
        }
        return heldDown;
    }

    void countMove(long nowNanos) {
        if (moves == 0 || nowNanos - firstMoveNanos >= ForwardingTable.HOLD_DOWN_NANOS) {
            firstMoveNanos = nowNanos;
            moves = 0;
        }
        moves++;
    }
}
