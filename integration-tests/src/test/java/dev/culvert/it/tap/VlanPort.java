package dev.culvert.it.tap;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapQueue;
import dev.culvert.device.io.FdTapQueue;
import dev.culvert.device.io.Readiness;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * A VLAN interface of a host, whose tagged frames enter and leave a bridge. What the kernel's own would do; made of two
 * TAPs and this process, because a kernel may have none.
 *
 * <pre>
 *  station: vlan0 (address, untagged) -- adds and removes the tag -- trunk0 (tagged) in the bridge: trunk
 * </pre>
 */
final class VlanPort implements AutoCloseable {
    static final int TYPE_802_1Q = 0x8100;
    static final int TYPE_802_1AD = 0x88a8;

    private static final int TX_QUEUE_FRAMES = 1000;
    private static final int MAX_FRAME_BYTES = 2048;
    private static final int WAIT_MILLIS = 50;
    private static final int ADDRESSES_BYTES = 12;
    private static final int TAG_BYTES = 4;

    /** @param type of the Ethernet frame: {@link #TYPE_802_1Q} or {@link #TYPE_802_1AD} */
    record Tag(int type, int vlan) {
        int bits() {
            return (type << Short.SIZE) | vlan;
        }
    }

    private final Tag tag;
    private final List<TapDevice> devices = new ArrayList<>();
    private final List<Thread> directions = new ArrayList<>();
    private final LongAdder untagged = new LongAdder();
    private volatile boolean closing;

    private VlanPort(Tag tag) {
        this.tag = tag;
    }

    static VlanPort open(LabHost station, String address, LabHost trunk, String bridge, int mtu, Tag tag)
            throws LabException {
        VlanPort port = new VlanPort(tag);
        try {
            TapDevice inner = port.device(station, "vlan0", mtu, List.of(IpPrefix.parse(address)), Optional.empty());
            TapDevice outer = port.device(trunk, "trunk0", mtu, List.of(), Optional.of(bridge));
            port.run("vlan-outbound", frame -> port.addTags(queue(inner), queue(outer), frame));
            port.run("vlan-inbound", frame -> port.removeTags(queue(outer), queue(inner), frame));
            return port;
        } catch (LabException | RuntimeException e) {
            port.close();
            throw e;
        }
    }

    /** Frames that came with our tag and were given to the station without it. */
    long untaggedFrames() {
        return untagged.sum();
    }

    @Override
    public void close() {
        closing = true;
        directions.forEach(VlanPort::joinUninterruptibly);
        devices.forEach(TapDevice::close);
    }

    private TapDevice device(LabHost host, String name, int mtu, List<IpPrefix> addresses, Optional<String> bridge)
            throws LabException {
        DeviceSpec spec = new DeviceSpec(name, TapMode.TAP, mtu, TX_QUEUE_FRAMES, addresses, bridge, List.of());
        TapDevice device = host.call(() -> LinuxTapDevice.open(spec));
        devices.add(device);
        return device;
    }

    /** A queue belongs to one thread, and each device serves two. */
    private static TapQueue queue(TapDevice device) {
        return new FdTapQueue(device.name(), device.queue().fileDescriptor());
    }

    @FunctionalInterface
    private interface Direction {
        void carry(ByteBuf frame) throws IOException;
    }

    private void run(String name, Direction direction) {
        directions.add(Thread.ofPlatform().daemon().name(name).start(() -> {
            ByteBuf frame = Unpooled.directBuffer(MAX_FRAME_BYTES, MAX_FRAME_BYTES);
            try {
                direction.carry(frame);
            } catch (IOException e) {
                throw new AssertionError(name, e);
            } finally {
                frame.release();
            }
        }));
    }

    private void addTags(TapQueue station, TapQueue trunk, ByteBuf frame) throws IOException {
        while (!closing) {
            int length = next(station, frame.setIndex(0, TAG_BYTES));
            if (length > 0) {
                moveAddresses(frame, TAG_BYTES, 0);
                frame.setInt(ADDRESSES_BYTES, tag.bits());
                trunk.write(frame, 0, TAG_BYTES + length);
            }
        }
    }

    private void removeTags(TapQueue trunk, TapQueue station, ByteBuf frame) throws IOException {
        while (!closing) {
            int length = next(trunk, frame.clear());
            if (length > ADDRESSES_BYTES + TAG_BYTES && frame.getInt(ADDRESSES_BYTES) == tag.bits()) {
                moveAddresses(frame, 0, TAG_BYTES);
                station.write(frame, TAG_BYTES, length - TAG_BYTES);
                untagged.increment();
            }
        }
    }

    private static void moveAddresses(ByteBuf frame, int from, int to) {
        byte[] addresses = new byte[ADDRESSES_BYTES];
        frame.getBytes(from, addresses).setBytes(to, addresses);
    }

    /** 0 when none came for a while. */
    private static int next(TapQueue queue, ByteBuf target) throws IOException {
        int length = queue.read(target);
        if (length == 0) {
            Readiness.await(queue.fileDescriptor(), WAIT_MILLIS);
        }
        return length;
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
