package dev.culvert.lab;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapOffload;
import dev.culvert.device.TapQueue;
import dev.culvert.device.io.FdTapQueue;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.device.linux.NetworkNamespace;
import dev.culvert.ethernet.IpPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The yardstick: a TAP in each of two hosts, and this process hands frames from one to the other, one read and one write
 * each, with a thread a direction. What a tunnel without cipher, protocol or network would cost. Frames may be
 * super-frames: then each is handed over as it came, virtio header included, and the kernel leaves undone on both sides
 * what nobody needs.
 */
public final class PlainTapLoopback implements AutoCloseable {
    private static final String DEVICE = "loop0";
    /** Another name: both kinds may stand between the same two hosts. */
    private static final String SUPER_FRAMES_DEVICE = "loop1";

    private static final int TX_QUEUE_FRAMES = 1000;

    private final List<TapDevice> devices = new ArrayList<>();
    private final List<LoopbackDirection> directions = new ArrayList<>();
    private boolean closed;

    private PlainTapLoopback() {}

    /**
     * One end.
     *
     * @param namespace of the host, as {@code ip netns} calls it
     * @param addresses as in {@link Lab#link(LabHost, String, LabHost, String)}
     */
    record End(String namespace, String addresses) {}

    /** Frame by frame, as on the wire. */
    public static PlainTapLoopback open(
            Lab lab, LabHost first, String firstAddresses, LabHost second, String secondAddresses, int mtu)
            throws LabException {
        return open(lab, first, firstAddresses, second, secondAddresses, mtu, false);
    }

    /** @param firstAddresses as in {@link Lab#link(LabHost, String, LabHost, String)} */
    public static PlainTapLoopback open(
            Lab lab,
            LabHost first,
            String firstAddresses,
            LabHost second,
            String secondAddresses,
            int mtu,
            boolean superFrames)
            throws LabException {
        PlainTapLoopback loopback = lab.keep(new PlainTapLoopback());
        loopback.start(
                new End(first.namespace(), firstAddresses),
                new End(second.namespace(), secondAddresses),
                mtu,
                superFrames);
        return loopback;
    }

    /** Outside any lab. */
    static PlainTapLoopback open(End first, End second, int mtu, boolean superFrames) throws LabException {
        PlainTapLoopback loopback = new PlainTapLoopback();
        try {
            loopback.start(first, second, mtu, superFrames);
            return loopback;
        } catch (LabException e) {
            loopback.close();
            throw e;
        }
    }

    private synchronized void start(End first, End second, int mtu, boolean superFrames) throws LabException {
        TapDevice one = openDevice(first, mtu, superFrames);
        TapDevice other = openDevice(second, mtu, superFrames);
        carry(one, other);
        carry(other, one);
    }

    /** Until now, both directions together. */
    public synchronized LoopbackCounts counts() {
        return directions.stream()
                .map(LoopbackDirection::counts)
                .reduce(new LoopbackCounts(0, 0, 0, 0, 0), LoopbackCounts::plus);
    }

    /** Of both devices, which are of one kernel. */
    public synchronized GrantedOffloads offloads() {
        return devices.getFirst().offloads();
    }

    /** Ends both directions and removes both devices. A second call does nothing. */
    @Override
    public synchronized void close() throws LabException {
        if (closed) {
            return;
        }
        try {
            for (LoopbackDirection direction : directions) {
                direction.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("TAP loopback: interrupted", e);
        }
        closed = true; // not before: who was interrupted may try again
        devices.forEach(TapDevice::close);
        Optional<IOException> failure =
                directions.stream().flatMap(each -> each.failure().stream()).findFirst();
        if (failure.isPresent()) {
            throw new LabException("TAP loopback: " + failure.get().getMessage(), failure.get());
        }
    }

    private TapDevice openDevice(End end, int mtu, boolean superFrames) throws LabException {
        List<IpPrefix> prefixes =
                Arrays.stream(end.addresses().split(" ")).map(IpPrefix::parse).toList();
        DeviceSpec plain = new DeviceSpec(
                superFrames ? SUPER_FRAMES_DEVICE : DEVICE,
                TapMode.TAP,
                mtu,
                TX_QUEUE_FRAMES,
                prefixes,
                Optional.empty(),
                List.of());
        DeviceSpec spec = superFrames ? plain.withOffloads(EnumSet.allOf(TapOffload.class)) : plain;
        try {
            TapDevice device = NetworkNamespace.call(end.namespace(), () -> LinuxTapDevice.open(spec));
            devices.add(device);
            return device;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("TAP loopback: interrupted", e);
        } catch (Exception e) {
            throw new LabException("TAP loopback: " + e.getMessage(), e);
        }
    }

    private void carry(TapDevice from, TapDevice to) {
        // A queue belongs to one thread, and each device serves two: so each direction has queues of its own.
        TapQueue source = new FdTapQueue(from.name(), from.queue().fileDescriptor());
        TapQueue target = new FdTapQueue(to.name(), to.queue().fileDescriptor());
        directions.add(LoopbackDirection.start("tap-loopback-" + directions.size(), source, target));
    }
}
