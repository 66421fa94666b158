package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.Subject;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.tunnel.TunnelStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two hosts and six ways between them, all up at once.
 *
 * <pre>
 *  left                                                                  right
 *  eth0     10.64.1.1 ----------------- cable (veth) ----------------- 10.64.1.2 eth0
 *  loop0    10.64.2.1 ------ one process: plain TAP, frame by frame ---- 10.64.2.2 loop0
 *  loop1    10.64.3.1 ------ one process: plain TAP, super-frames ------ 10.64.3.2 loop1
 *  udp0     10.64.4.1 - carrier --- UDP over the cable ------- carrier - 10.64.4.2 udp0
 *  aead0    10.64.5.1 - carrier --- the same, sealed --------- carrier - 10.64.5.2 aead0
 *  culvert0 10.64.6.1 - culvert up ------ the tunnel ------ culvert up - 10.64.6.2 culvert0
 * </pre>
 */
public final class LoopbackSubjects {
    private static final Path TUN = Path.of("/dev/net/tun");

    private static final Net CABLE = new Net("eth0", 1);
    private static final Net PLAIN = new Net("loop0", 2);
    private static final Net OFFLOADS = new Net("loop1", 3);
    private static final Net UDP = new Net("udp0", 4);
    private static final Net AEAD = new Net("aead0", 5);
    private static final Net TUNNEL = new Net("culvert0", 6);

    private final LabHost left;
    private final LabHost right;
    private final List<Subject> all;
    private final PlainTap offloaded;
    private final TunnelPair tunnel;

    private LoopbackSubjects(LabHost left, LabHost right, List<Subject> all, PlainTap offloaded, TunnelPair tunnel) {
        this.left = left;
        this.right = right;
        this.all = List.copyOf(all);
        this.offloaded = offloaded;
        this.tunnel = tunnel;
    }

    /**
     * Starts all of them; they end with the lab.
     *
     * @param mtu of the devices that carry the inner frames
     * @param cableMtu room for them and what a tunnel adds
     */
    public static LoopbackSubjects start(Lab lab, int mtu, int cableMtu) throws LabException {
        if (!Files.exists(TUN)) {
            throw new LabException(TUN + " is not there, so no TAP can be made: run: modprobe tun; a container needs it"
                    + " from its host (docker run --device " + TUN + ")");
        }
        LabHost left = lab.host("left");
        LabHost right = lab.host("right");
        Cable cable = Cable.lay(lab, left, right, CABLE, cableMtu);
        CarrierPair.Starting udp = CarrierPair.start(left, right, cable, UDP, mtu, CarrierEnd.Seal.NONE);
        TunnelPair tunnel = TunnelPair.start(lab, left, right, cable, TUNNEL, mtu);
        TunnelStatus.Cipher cipher = tunnel.facts().cipherInUse();
        CarrierEnd.Seal asTheTunnel = new CarrierEnd.Seal(cipher.name(), cipher.engine());
        CarrierPair.Starting sealed = CarrierPair.start(left, right, cable, AEAD, mtu, asTheTunnel);
        PlainTap offloaded = PlainTap.start(left, right, OFFLOADS, mtu, true);
        List<Subject> all = List.of(
                cable, offloaded, PlainTap.start(left, right, PLAIN, mtu, false), udp.await(), sealed.await(), tunnel);
        return new LoopbackSubjects(left, right, all, offloaded, tunnel);
    }

    public LabHost left() {
        return left;
    }

    public LabHost right() {
        return right;
    }

    /** From the cable to the tunnel. */
    public List<Subject> all() {
        return all;
    }

    /** The plain TAP that carries super-frames. */
    PlainTap offloaded() {
        return offloaded;
    }

    TunnelPair tunnel() {
        return tunnel;
    }
}
