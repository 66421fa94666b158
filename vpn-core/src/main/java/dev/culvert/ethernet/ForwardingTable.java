package dev.culvert.ethernet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which MAC address: the last who used it as a source, a peer or the local side behind the TAP. Bounded in all
 * and per owner; nobody is ever evicted for somebody else, so a peer that floods us with addresses only fills its own
 * share. An address counts once, whatever its VLAN ("shared VLAN learning" in IEEE 802.1Q).
 *
 * <p>An address that hops between owners is a loop or a theft. After {@value #MAX_MOVES} moves within
 * {@link #HOLD_DOWN} it stays where it is for the same time: traffic does not flap with it, and status shows it.
 *
 * <p>Thread safe: one table serves all lanes, because a station is learned where its frames arrive, and looked up on the
 * lane of the answer. What is known already, nearly every frame, is read without a lock, and read again under it when
 * somebody wrote meanwhile. Allocates when an address is added, which the limits make rare, and when lanes have to wait
 * for each other.
 */
public final class ForwardingTable<P> {
    static final int MAX_MOVES = 8;
    static final Duration HOLD_DOWN = Duration.ofSeconds(10);

    static final long HOLD_DOWN_NANOS = HOLD_DOWN.toNanos();
    private static final long RECLAIM_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final StampedLock lock = new StampedLock();
    private final MacMap<Entry<P>> entries;
    private final Map<P, Owner<P>> peers = new HashMap<>();
    private final Owner<P> local;
    private final ForwardingLimits limits;
    private final long ageNanos;
    private boolean reclaimedOnce;
    private long reclaimedAtNanos;

    /** @param hashSeed random and secret, so that nobody can aim addresses at one place of the table */
    public ForwardingTable(ForwardingLimits limits, long hashSeed) {
        this.limits = limits;
        this.ageNanos = limits.age().toNanos();
        this.entries = new MacMap<>(limits.total(), hashSeed);
        this.local = new Owner<>(null, limits.local());
    }

    /** {@code mac}, a unicast address, was the source of a frame of {@code peer}. */
    public Learned learn(long mac, P peer, long nowNanos) {
        return isKnown(mac, peer, nowNanos) ? Learned.KNOWN : learnUnknown(mac, peer, nowNanos);
    }

    /** {@code mac}, a unicast address, was the source of a frame from the TAP. */
    public Learned learnLocal(long mac, long nowNanos) {
        return isKnown(mac, null, nowNanos) ? Learned.KNOWN : learnUnknown(mac, null, nowNanos);
    }

    /**
     * As nearly every frame is; false too when somebody wrote meanwhile.
     *
     * @param peer null for the local side
     */
    private boolean isKnown(long mac, @Nullable P peer, long nowNanos) {
        long stamp = lock.tryOptimisticRead();
        Entry<P> entry = entries.get(mac);
        if (entry == null) {
            return false;
        }
        @Nullable Owner<P> owner = entry.owner; // null, until the stamp tells, in one that another lane has just made
        boolean known = owner != null
                && Objects.equals(peer, owner.peer)
                && !isExpired(entry, nowNanos)
                && lock.validate(stamp);
        if (known) {
            entry.use(nowNanos);
        }
        return known;
    }

    private Learned learnUnknown(long mac, @Nullable P peer, long nowNanos) {
        Learned settled = withoutChange(mac, peer, nowNanos);
        if (settled != null) {
            return settled;
        }
        long stamp = lock.writeLock();
        try {
            return learn(mac, entries.get(mac), peer == null ? local : ownerFor(peer), nowNanos);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /**
     * What is learned when that changes nothing, or null: beside the reading of other lanes, which a flood of addresses or
     * one that hops without end must not bring to a stop.
     */
    private @Nullable Learned withoutChange(long mac, @Nullable P peer, long nowNanos) {
        long stamp = lock.readLock();
        try {
            Owner<P> owner = peer == null ? local : peers.get(peer);
            Entry<P> entry = entries.get(mac);
            if (entry == null) {
                boolean noRoom = isFull() || (owner != null && owner.isFull());
                return noRoom && hasJustReclaimed(nowNanos) ? Learned.LIMIT_REACHED : null;
            }
            if (isExpired(entry, nowNanos)) {
                return null;
            }
            if (entry.owner == owner) {
                entry.use(nowNanos);
                return Learned.KNOWN;
            }
            return entry.isHeldDown(nowNanos) ? Learned.HELD_DOWN : null;
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** The owner of {@code mac}, or null when it is not known (any more). */
    public @Nullable Owner<P> ownerOf(long mac, long nowNanos) {
        long stamp = lock.tryOptimisticRead();
        Owner<P> owner = findOwner(mac, nowNanos);
        if (lock.validate(stamp)) {
            return owner;
        }
        stamp = lock.readLock();
        try {
            return findOwner(mac, nowNanos);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private @Nullable Owner<P> findOwner(long mac, long nowNanos) {
        Entry<P> entry = entries.get(mac);
        return entry == null || isExpired(entry, nowNanos) ? null : entry.owner;
    }

    /** Forgets the peer and all its addresses. */
    public void forget(P peer) {
        long stamp = lock.writeLock();
        try {
            Owner<P> owner = peers.remove(peer);
            if (owner != null) {
                entries.removeIf(entry -> entry.owner == owner);
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Forgets what is too old. For tidiness in status only: an expired address is never found anyway. */
    public void removeExpired(long nowNanos) {
        long stamp = lock.writeLock();
        try {
            removeWhatExpired(nowNanos);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void removeWhatExpired(long nowNanos) {
        entries.removeIf(entry -> {
            boolean expired = isExpired(entry, nowNanos);
            if (expired) {
                entry.owner.addresses--;
            }
            return expired;
        });
    }

    /** The addresses of {@code peer}, in order; some may have expired since the last {@link #removeExpired}. */
    public List<MacAddress> of(P peer) {
        long stamp = lock.readLock();
        try {
            Owner<P> owner = peers.get(peer);
            return owner == null ? List.of() : addressesOf(owner);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** The addresses on this side of the tunnel, in order. */
    public List<MacAddress> local() {
        long stamp = lock.readLock();
        try {
            return addressesOf(local);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Addresses held, of all owners. */
    public int size() {
        long stamp = lock.readLock();
        try {
            return entries.size();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private Owner<P> ownerFor(P peer) {
        Owner<P> owner = peers.get(peer);
        if (owner == null) { // not computeIfAbsent: its lambda would be allocated for every frame of a flood
            owner = new Owner<>(peer, limits.perPeer());
            peers.put(peer, owner);
        }
        return owner;
    }

    private Learned learn(long mac, @Nullable Entry<P> entry, Owner<P> owner, long nowNanos) {
        if (entry == null) {
            return add(mac, owner, nowNanos);
        }
        if (isExpired(entry, nowNanos)) {
            remove(entry);
            return add(mac, owner, nowNanos);
        }
        if (entry.owner != owner) {
            return move(entry, owner, nowNanos);
        }
        entry.use(nowNanos);
        return Learned.KNOWN;
    }

    private Learned add(long mac, Owner<P> owner, long nowNanos) {
        if (isFull() || owner.isFull()) {
            reclaim(nowNanos);
            if (isFull() || owner.isFull()) {
                return Learned.LIMIT_REACHED;
            }
        }
        entries.put(mac, new Entry<>(mac, owner, nowNanos));
        owner.addresses++;
        return Learned.ADDED;
    }

    private Learned move(Entry<P> entry, Owner<P> owner, long nowNanos) {
        if (entry.refusesToMove(nowNanos)) {
            return Learned.HELD_DOWN;
        }
        if (owner.isFull()) {
            reclaim(nowNanos);
            if (owner.isFull()) {
                return Learned.LIMIT_REACHED;
            }
        }
        entry.countMove(nowNanos);
        entry.owner.addresses--;
        owner.addresses++;
        entry.owner = owner;
        entry.use(nowNanos);
        return Learned.MOVED;
    }

    private void remove(Entry<P> entry) {
        entry.owner.addresses--;
        entries.remove(entry.mac);
    }

    /** Makes room, but not for every frame: in a flood of new addresses each would cost a walk through the table. */
    private void reclaim(long nowNanos) {
        if (hasJustReclaimed(nowNanos)) {
            return;
        }
        reclaimedOnce = true;
        reclaimedAtNanos = nowNanos;
        removeWhatExpired(nowNanos);
    }

    private boolean hasJustReclaimed(long nowNanos) {
        return reclaimedOnce && nowNanos - reclaimedAtNanos < RECLAIM_INTERVAL_NANOS;
    }

    private boolean isFull() {
        return entries.size() >= limits.total();
    }

    private boolean isExpired(Entry<P> entry, long nowNanos) {
        return nowNanos - entry.lastUsedNanos >= ageNanos;
    }

    private List<MacAddress> addressesOf(Owner<P> owner) {
        List<MacAddress> addresses = new ArrayList<>();
        entries.forEach(entry -> {
            if (entry.owner == owner) {
                addresses.add(new MacAddress(entry.mac));
            }
        });
        addresses.sort(Comparator.comparingLong(MacAddress::bits));
        return addresses;
    }

    /** A peer, or the local side. Callable from any thread. */
    public static final class Owner<P> {
        private final @Nullable P peer;
        private final int maxAddresses;
        private int addresses;

        private Owner(@Nullable P peer, int maxAddresses) {
            this.peer = peer;
            this.maxAddresses = maxAddresses;
        }

        public boolean isLocal() {
            return peer == null;
        }

        /** Not for the local side. */
        public P peer() {
            return Objects.requireNonNull(peer);
        }

        private boolean isFull() {
            return addresses >= maxAddresses;
        }
    }
}
