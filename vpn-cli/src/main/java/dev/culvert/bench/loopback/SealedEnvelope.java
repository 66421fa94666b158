package dev.culvert.bench.loopback;

import dev.culvert.crypto.Aead;
import dev.culvert.crypto.AeadEngine;
import dev.culvert.crypto.SecretBytes;
import io.netty.buffer.ByteBuf;

/**
 * A counter, the sealed frame, its tag: what the cipher alone costs. Nothing here is secret: keys that anybody can read
 * and counters that begin anew with every process protect nobody. For measuring only.
 */
final class SealedEnvelope implements Envelope {
    private final Aead sealing;
    private final Aead opening;
    private long counter;

    private SealedEnvelope(Aead sealing, Aead opening) {
        this.sealing = sealing;
        this.opening = opening;
    }

    /** @param first which of the two ends this is: each direction has a key of its own */
    static SealedEnvelope of(AeadEngine engine, boolean first) {
        return new SealedEnvelope(keyed(engine, first ? 1 : 2), keyed(engine, first ? 2 : 1));
    }

    private static Aead keyed(AeadEngine engine, int number) {
        byte[] key = new byte[Aead.KEY_BYTES];
        key[0] = (byte) number;
        try (SecretBytes fixed = SecretBytes.owning(key)) {
            return engine.keyed(fixed);
        }
    }

    @Override
    public int overheadBytes() {
        return HEADER_BYTES + Aead.TAG_BYTES;
    }

    @Override
    public void wrap(ByteBuf frame, int index, int length, ByteBuf target, int targetIndex) {
        target.setLongLE(targetIndex, counter);
        target.setLongLE(targetIndex + Long.BYTES, 0);
        sealing.seal(counter++, frame, index, length, target, targetIndex + HEADER_BYTES);
    }

    @Override
    public boolean unwrap(ByteBuf datagram) {
        int length = datagram.readableBytes();
        if (length < overheadBytes()) {
            return false;
        }
        int start = datagram.readerIndex() + HEADER_BYTES;
        long theirs = datagram.getLongLE(datagram.readerIndex());
        if (!opening.open(theirs, datagram, start, length - HEADER_BYTES, datagram, start)) {
            return false;
        }
        datagram.setIndex(start, start + length - overheadBytes());
        return true;
    }

    @Override
    public void close() {
        sealing.close();
        opening.close();
    }
}
