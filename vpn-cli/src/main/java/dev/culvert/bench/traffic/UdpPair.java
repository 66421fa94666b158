package dev.culvert.bench.traffic;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Two UDP sockets that know each other, one in each host, held by this JVM. Blocking: for threads of their own. */
record UdpPair(DatagramChannel first, DatagramChannel second) implements AutoCloseable {
    /** As much as the kernel gives (net.core.rmem_max): a receiver that has to wait for a core must not lose packets. */
    private static final int BUFFER_BYTES = 8 << 20;

    static UdpPair open(LabHost firstHost, String firstAddress, LabHost secondHost, String secondAddress)
            throws LabException {
        try {
            DatagramChannel first = open(firstHost, firstAddress);
            try {
                return connected(first, open(secondHost, secondAddress));
            } catch (IOException e) {
                first.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LabException(
                    "UDP from %s to %s, %s: %s".formatted(firstHost, secondHost, secondAddress, e.getMessage()), e);
        }
    }

    private static DatagramChannel open(LabHost host, String address) throws LabException {
        return host.call(() -> {
            DatagramChannel channel = DatagramChannel.open();
            try {
                return channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES)
                        .setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES)
                        .bind(new InetSocketAddress(address, 0));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        });
    }

    private static UdpPair connected(DatagramChannel first, DatagramChannel second) throws IOException {
        try {
            first.connect(second.getLocalAddress());
            second.connect(first.getLocalAddress());
            return new UdpPair(first, second);
        } catch (IOException e) {
            second.close();
            throw e;
        }
    }

    /** Also ends, with an exception, whatever another thread does on either. */
    @Override
    public void close() throws LabException {
        try (first;
                second) {
            // both are closed here, whichever fails
        } catch (IOException e) {
            throw new LabException("UDP: close: " + e.getMessage(), e);
        }
    }
}
