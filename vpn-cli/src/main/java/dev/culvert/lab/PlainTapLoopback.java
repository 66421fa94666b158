package dev.culvert.lab;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapQueue;
import dev.culvert.device.io.FdTapQueue;
import dev.culvert.device.io.Readiness;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.ethernet.IpPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The yardstick: a TAP in each of two hosts, and this process hands frames from one to the other, one read and one write
 * each, with a thread a direction. What a tunnel without cipher, protocol or network would cost.
 */
public final class PlainTapLoopback implements AutoCloseable {
    private static final String DEVICE = "loop0";
    private static final int TX_QUEUE_FRAMES = 1000;
    private static final int MAX_FRAME_BYTES = 65_536;
    /** How often a direction without traffic looks whether it is to end. */
    private static final int WAIT_MILLIS = 50;

    private final List<TapDevice> devices = new ArrayList<>();
    private final List<Thread> directions = new ArrayList<>();
    private final LongAdder frames = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean closing;
    private volatile Optional<IOException> failure = Optional.empty();

    private PlainTapLoopback() {}

    /** @param firstAddresses as in {@link Lab#link(LabHost, String, LabHost, String)} */
    public static PlainTapLoopback open(
            Lab lab, LabHost first, String firstAddresses, LabHost second, String secondAddresses, int mtu)
            throws LabException {
        PlainTapLoopback loopback = lab.keep(new PlainTapLoopback());
        TapDevice one = loopback.openDevice(first, firstAddresses, mtu);
        TapDevice other = loopback.openDevice(second, secondAddresses, mtu);
        loopback.carry(one, other);
        loopback.carry(other, one);
        return loopback;
    }

    /** Handed over until now, both directions together. */
    public long frames() {
        return frames.sum();
    }

    /** Frames that the kernel did not take. */
    public long refusedFrames() {
        return refused.sum();
    }

    /** Ends both directions and removes both devices. A second call does nothing. */
    @Override
    public void close() throws LabException {
        closing = true;
        try {
            for (Thread direction : directions) {
                direction.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("TAP loopback: interrupted", e);
        }
        devices.forEach(TapDevice::close);
        Optional<IOException> failed = failure;
        failure = Optional.empty();
        if (failed.isPresent()) {
            throw new LabException("TAP loopback: " + failed.orElseThrow().getMessage(), failed.orElseThrow());
        }
    }

    private TapDevice openDevice(LabHost host, String addresses, int mtu) throws LabException {
        List<IpPrefix> prefixes =
                Arrays.stream(addresses.split(" ")).map(IpPrefix::parse).toList();
        DeviceSpec spec =
                new DeviceSpec(DEVICE, TapMode.TAP, mtu, TX_QUEUE_FRAMES, prefixes, Optional.empty(), List.of());
        TapDevice device = host.call(() -> LinuxTapDevice.open(spec));
        devices.add(device);
        return device;
    }

    private void carry(TapDevice from, TapDevice to) {
        // A queue belongs to one thread, and each device serves two: so each direction has queues of its own.
        TapQueue source = new FdTapQueue(DEVICE, from.queue().fileDescriptor());
        TapQueue target = new FdTapQueue(DEVICE, to.queue().fileDescriptor());
        directions.add(Thread.ofPlatform()
                .daemon()
                .name("tap-loopback-" + directions.size())
                .start(() -> {
                    try {
                        carry(source, target);
                    } catch (IOException e) {
                        failure = Optional.of(e);
                    }
                }));
    }

    private void carry(TapQueue source, TapQueue target) throws IOException {
        ByteBuf frame = Unpooled.directBuffer(MAX_FRAME_BYTES, MAX_FRAME_BYTES);
        try {
            while (!closing) {
                int length = source.read(frame.clear());
                if (length == 0) {
                    Readiness.await(source.fileDescriptor(), WAIT_MILLIS);
                } else if (target.write(frame, 0, length)) {
                    frames.increment();
                } else {
                    refused.increment();
                }
            }
        } finally {
            frame.release();
        }
    }
}
