package dev.culvert.device.linux;

import dev.culvert.ethernet.IpPrefix;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A prefix with its host bits cleared, as the routing table wants it. */
record IpNetwork(InetAddress address, int prefixBits) {
    static IpNetwork of(IpPrefix prefix) {
        byte[] bytes = prefix.address().getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(prefix.prefixBits() - (long) i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        try {
            return new IpNetwork(InetAddress.getByAddress(bytes), prefix.prefixBits());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address changed its length", e);
        }
    }

    boolean contains(IpNetwork other) {
        return address.getClass() == other.address.getClass()
                && prefixBits <= other.prefixBits
                && of(new IpPrefix(other.address, prefixBits)).equals(this);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixBits;
    }
}
