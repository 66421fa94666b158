package dev.culvert.it.tap;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** UDP sockets of this JVM inside hosts. */
final class Datagrams {
    private static final int ARRIVAL_LIMIT_MILLIS =
            Math.toIntExact(Duration.ofSeconds(5).toMillis());
    private static final int MAX_BYTES = 2048;

    private Datagrams() {}

    static boolean isFree(LabHost host, int port) throws LabException {
        return host.call(() -> {
            try (DatagramSocket socket = new DatagramSocket(port)) {
                return socket.isBound();
            } catch (BindException _) {
                return false;
            }
        });
    }

    /** Whether a datagram to the broadcast or other address arrives at a socket of {@code to}. */
    static boolean arrives(LabHost from, String address, LabHost to) throws IOException {
        try (DatagramSocket receiver = to.call(() -> new DatagramSocket(0));
                DatagramSocket sender = from.call(() -> new DatagramSocket(0))) {
            sender.setBroadcast(true);
            return arrives(sender, new InetSocketAddress(address, receiver.getLocalPort()), receiver);
        }
    }

    /** Whether a datagram to the group arrives at a socket of {@code to} that joined it; both on {@code device}. */
    static boolean arrivesByMulticast(LabHost from, String group, LabHost to, String device) throws IOException {
        try (MulticastSocket receiver = to.call(() -> joined(group, device));
                DatagramSocket sender = from.call(() -> multicastSender(device))) {
            return arrives(sender, new InetSocketAddress(group, receiver.getLocalPort()), receiver);
        }
    }

    private static MulticastSocket joined(String group, String device) throws IOException {
        MulticastSocket socket = new MulticastSocket(0);
        socket.joinGroup(new InetSocketAddress(InetAddress.getByName(group), 0), NetworkInterface.getByName(device));
        return socket;
    }

    private static DatagramSocket multicastSender(String device) throws IOException {
        DatagramSocket socket = new DatagramSocket(0);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName(device));
        return socket;
    }

    private static boolean arrives(DatagramSocket sender, InetSocketAddress to, DatagramSocket receiver)
            throws IOException {
        byte[] sent = ("a datagram to " + to).getBytes(StandardCharsets.UTF_8);
        sender.send(new DatagramPacket(sent, sent.length, to));
        DatagramPacket received = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        receiver.setSoTimeout(ARRIVAL_LIMIT_MILLIS);
        receiver.receive(received);
        return new String(received.getData(), 0, received.getLength(), StandardCharsets.UTF_8)
                .equals(new String(sent, StandardCharsets.UTF_8));
    }
}
