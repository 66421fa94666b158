package dev.culvert.bench.loopback;

import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.NoAeadEngineException;
import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapOffload;
import dev.culvert.device.linux.LinuxTapDevice;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.udp.IoBackend;
import dev.culvert.udp.LaneLoop;
import dev.culvert.udp.UdpTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The process of one end of a {@link CarrierPair}. Answers each line of its input with a line of counts; ends with its
 * input, or by a signal, and its device with it.
 */
final class CarrierMain {
    static final String READY = "ready";
    static final String COUNTS = "counts";

    private static final int TX_QUEUE_FRAMES = 1000;
    private static final int ETHERNET_AND_TAGS_BYTES = 14 + 8;
    private static final int LONGEST_OVERHEAD_BYTES = 64;

    private CarrierMain() {}

    /** @param arguments the words of a {@link CarrierEnd} */
    public static void main(String[] arguments) {
        try {
            run(CarrierEnd.of(arguments));
            System.exit(0);
        } catch (IOException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(CarrierEnd end) throws IOException {
        DeviceSpec spec = new DeviceSpec(
                        end.device(),
                        TapMode.TAP,
                        end.mtu(),
                        TX_QUEUE_FRAMES,
                        List.of(IpPrefix.parse(end.address())),
                        Optional.empty(),
                        List.of())
                .withOffloads(EnumSet.allOf(TapOffload.class));
        InetSocketAddress local = new InetSocketAddress(end.local(), end.port());
        InetSocketAddress remote = new InetSocketAddress(end.remote(), end.port());
        int maxFrameBytes = end.mtu() + ETHERNET_AND_TAGS_BYTES;
        // In this order, so that the loop has ended before what it uses is closed.
        try (Envelope envelope = envelope(end.seal(), end.first());
                TapDevice device = LinuxTapDevice.open(spec);
                LaneLoop loop = IoBackend.best().newLoop("carrier");
                UdpTransport transport = loop.bind(local, maxFrameBytes + LONGEST_OVERHEAD_BYTES)) {
            Counters counters = loop.counters();
            Carrier carrier = new Carrier(
                    device.queue(),
                    transport,
                    remote,
                    envelope,
                    maxFrameBytes,
                    device.offloads().granted().contains(TapOffload.USO4),
                    counters);
            transport.receive(carrier);
            loop.execute(() -> carrier.watchedBy(loop.watch(device.queue().fileDescriptor(), carrier::onTapReadable)));
            System.out.println(READY);
            answer(counters);
        }
    }

    private static Envelope envelope(CarrierEnd.Seal seal, boolean first) throws IOException {
        if (seal.equals(CarrierEnd.Seal.NONE)) {
            return new Envelope.Bare();
        }
        try {
            return SealedEnvelope.of(AeadEngines.named(seal.text()), first);
        } catch (NoAeadEngineException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void answer(Counters counters) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            long calls = CounterId.CROSSINGS.stream().mapToLong(counters::get).sum();
            System.out.println(COUNTS + " " + calls);
        }
    }
}
