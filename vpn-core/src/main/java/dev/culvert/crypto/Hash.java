package dev.culvert.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** BLAKE2s-256 (RFC 7693) and what Noise builds on it: HMAC (RFC 2104) and HKDF (Noise, section 4.3). */
public final class Hash {
    public static final int BYTES = 32;

    private Hash() {}

    /** The hash of the concatenation of {@code parts}. */
    public static byte[] hash(byte[]... parts) {
        Blake2sDigest digest = new Blake2sDigest(BYTES * Byte.SIZE);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[BYTES];
        digest.doFinal(hash, 0);
        return hash;
    }

    /** HMAC over the concatenation of {@code parts}. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        HMac hmac = new HMac(new Blake2sDigest(BYTES * Byte.SIZE));
        hmac.init(new KeyParameter(key));
        for (byte[] part : parts) {
            hmac.update(part, 0, part.length);
        }
        byte[] mac = new byte[BYTES];
        hmac.doFinal(mac, 0);
        return mac;
    }

    /** {@code outputs} secrets of {@value #BYTES} bytes; the WireGuard white paper calls this Kdf1, Kdf2 and Kdf3. */
    public static byte[][] hkdf(byte[] chainingKey, byte[] input, int outputs) {
        byte[] extracted = hmac(chainingKey, input);
        byte[][] derived = new byte[outputs][];
        byte[] previous = {};
        for (int i = 0; i < outputs; i++) {
            byte[] number = {(byte) (i + 1)};
            derived[i] = hmac(extracted, previous, number);
            previous = derived[i];
        }
        Arrays.fill(extracted, (byte) 0);
        return derived;
    }
}
