package dev.culvert.device.linux;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapException;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapOffload;
import dev.culvert.device.TapQueue;
import dev.culvert.device.io.FdTapQueue;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.offload.VirtioNetHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stand-in for a TAP that needs no privilege: one of two connected sockets, which keep frames apart as a device does
 * (SOCK_SEQPACKET, unix(7)). Whoever plays the kernel has the other. Grants every offload of its spec. Of one queue.
 */
public final class SocketTap implements TapDevice {
    private final DeviceSpec spec;
    private final OwnedFd near;
    private final OwnedFd far;
    private final FdTapQueue queue;
    private final FdTapQueue farEnd;

    private SocketTap(DeviceSpec spec, List<OwnedFd> pair) {
        this.spec = spec;
        this.near = pair.getFirst();
        this.far = pair.getLast();
        this.queue = new FdTapQueue(spec.name(), near.number());
        this.farEnd = new FdTapQueue(spec.name(), far.number());
    }

    /** @throws TapException when the process has no descriptors left */
    public static SocketTap open(DeviceSpec spec) throws TapException {
        if (spec.queues() != 1) {
            throw new IllegalArgumentException("one queue, not " + spec.queues());
        }
        return new SocketTap(spec, OwnedFd.packetSockets(spec.name()));
    }

    /** What is written here, the tunnel reads, and the other way round; for one thread. */
    public TapQueue farEnd() {
        return farEnd;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public TapMode mode() {
        return spec.mode();
    }

    @Override
    public int mtu() {
        return spec.mtu();
    }

    @Override
    public Optional<MacAddress> hardwareAddress() {
        return spec.hardwareAddress();
    }

    @Override
    public GrantedOffloads offloads() {
        return spec.offloads().isEmpty()
                ? GrantedOffloads.NONE
                : new GrantedOffloads(VirtioNetHeader.BYTES, spec.offloads(), Map.<TapOffload, String>of());
    }

    @Override
    public List<TapQueue> queues() {
        return List.of(queue);
    }

    @Override
    public void close() {
        queue.close();
        farEnd.close();
        near.close(); // first: a far end that closes looks like a queue without frames, which epoll says is not empty
        far.close();
    }
}
