package dev.culvert.tunnel;

import dev.culvert.crypto.CipherChoice;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two lanes that have shaken hands; an operation carries {@value #FRAMES} frames. */
@State(Scope.Benchmark) // one for all methods; there is one thread
public class LaneState {
    static final int FRAMES = LaneLoad.FRAMES;

    @Param({"AES_256_GCM", "CHACHA20_POLY1305"})
    public CipherChoice cipher = CipherChoice.AUTO;

    /** A super-frame, cut into full frames; or as many small datagrams, each read by itself. */
    @Param({"tcp super-frame", "udp 64 bytes"})
    public String load = "";

    LaneLoad frames;
    LanePair pair;

    @Setup(Level.Trial)
    public void shakeHands() {
        frames = load.startsWith("tcp") ? LaneLoad.tcpBulk() : LaneLoad.smallUdp(FRAMES);
        pair = frames.pair(cipher);
    }

    /** A benchmark of frames that are dropped would be a fast one. */
    @TearDown(Level.Trial)
    public void close() {
        pair.setFate(ShortWire.Fate.ARRIVE);
        long before = pair.receiverTap().framesWritten();
        frames.encapsulateBy(pair);
        if (pair.receiverTap().framesWritten() != before + FRAMES) {
            throw new IllegalStateException("frames do not arrive any more: has the session expired?");
        }
        pair.close();
    }
}
