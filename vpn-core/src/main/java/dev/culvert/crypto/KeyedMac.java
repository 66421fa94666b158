package dev.culvert.crypto;

import org.bouncycastle.crypto.digests.Blake2sDigest;

/** BLAKE2s with a key and 16 bytes of output: the MAC of handshake messages. Reusable; one thread at a time. */
public final class KeyedMac implements AutoCloseable {
    public static final int BYTES = 16;

    private final Blake2sDigest digest;

    /** Copies {@code key}, at most 32 bytes. */
    public KeyedMac(byte[] key) {
        this.digest = new Blake2sDigest(key, BYTES, null, null);
    }

    /** Writes the MAC of the first {@code length} bytes of {@code input}; the output may lie behind them in one array. */
    public void compute(byte[] input, int length, byte[] output, int outputOffset) {
        digest.update(input, 0, length);
        digest.doFinal(output, outputOffset);
    }

    public byte[] of(byte[] input, int length) {
        byte[] mac = new byte[BYTES];
        compute(input, length, mac, 0);
        return mac;
    }

    /** Wipes the key. */
    @Override
    public void close() {
        digest.clearKey();
    }
}
