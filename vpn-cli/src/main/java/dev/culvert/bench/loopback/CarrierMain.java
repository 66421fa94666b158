package dev.culvert.bench.loopback;

import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.NoAeadEngineException;
import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
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
import java.util.List;
import java.util.Optional;

/**
 * The process of one end of a {@link CarrierPair}. Answers each line of its input with a line of counts; ends with its
 * input, or by a signal, and its device with it.
 */
final class CarrierMain {
    static final String READY = "ready";
    static final String COUNTS = "counts";

    /** In the place of a cipher and its engine: no cipher. */
    static final String BARE = "-";

    private static final int TX_QUEUE_FRAMES = 1000;
    private static final int ETHERNET_AND_TAGS_BYTES = 14 + 8;
    private static final int LONGEST_OVERHEAD_BYTES = 64;

    private CarrierMain() {}

    /** @param arguments device, address, MTU, own and remote UDP address, port of both, cipher and engine, whether it is the first end */
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0);
        } catch (IOException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws IOException {
        int mtu = Integer.parseInt(arguments[2]);
        int port = Integer.parseInt(arguments[5]);
        DeviceSpec spec = new DeviceSpec(
                arguments[0],
                TapMode.TAP,
                mtu,
                TX_QUEUE_FRAMES,
                List.of(IpPrefix.parse(arguments[1])),
                Optional.empty(),
                List.of());
        int maxFrameBytes = mtu + ETHERNET_AND_TAGS_BYTES;
        try (LaneLoop loop = IoBackend.best().newLoop("carrier");
                UdpTransport transport =
                        loop.bind(new InetSocketAddress(arguments[3], port), maxFrameBytes + LONGEST_OVERHEAD_BYTES);
                TapDevice device = LinuxTapDevice.open(spec)) {
            Counters counters = loop.counters();
            Carrier carrier = new Carrier(
                    device.queue(),
                    transport,
                    new InetSocketAddress(arguments[4], port),
                    envelope(arguments[6], Boolean.parseBoolean(arguments[7])),
                    maxFrameBytes,
                    counters);
            transport.receive(carrier);
            loop.execute(() -> carrier.watchedBy(loop.watch(device.queue().fileDescriptor(), carrier::onTapReadable)));
            System.out.println(READY);
            answer(counters);
        }
    }

    private static Envelope envelope(String cipher, boolean first) throws IOException {
        if (cipher.equals(BARE)) {
            return new Envelope.Bare();
        }
        try {
            return SealedEnvelope.of(AeadEngines.named(cipher), first);
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
