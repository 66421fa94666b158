package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No published exchange has both a nonce as ours, which begins with four zero bytes, and a counter in it: so GCM is
 * written down here once more, held against the published ones, and then against every engine with our nonces.
 */
class GcmKnownAnswerTest {
    private static final Properties GCM = new Properties();
    private static final int BLOCK = 16;
    /** The polynomial x^128 + x^7 + x^2 + x + 1 with its bits in GCM's order (SP 800-38D, section 6.3). */
    private static final BigInteger R = BigInteger.valueOf(0xe1).shiftLeft(120);

    private static final long COUNTER = 0x0102_0304_0506_0708L;

    @BeforeAll
    static void readVectors() throws IOException {
        try (InputStream file = GcmKnownAnswerTest.class.getResourceAsStream("/vectors/gcm.properties")) {
            GCM.load(Objects.requireNonNull(file));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15})
    void gcmOfThisTestIsTheOneOfTheSpecification(int testCase) throws GeneralSecurityException {
        byte[] sealed = seal(vector(testCase, "key"), vector(testCase, "nonce"), vector(testCase, "plaintext"));

        assertThat(sealed).isEqualTo(join(vector(testCase, "ciphertext"), vector(testCase, "tag")));
    }

    @Test
    void theSelfTestRepeatsTestCase14() {
        AeadKnownAnswer known = AeadKnownAnswer.of(CipherSuite.AES_256_GCM);

        assertThat(known.key).isEqualTo(vector(14, "key"));
        assertThat(nonce(known.counter)).isEqualTo(vector(14, "nonce"));
        assertThat(known.plaintext).isEqualTo(vector(14, "plaintext"));
        assertThat(known.sealed).isEqualTo(join(vector(14, "ciphertext"), vector(14, "tag")));
    }

    @ParameterizedTest
    @MethodSource("dev.culvert.crypto.TestEngines#ofAes256Gcm")
    void theCounterStandsInTheNonceInLittleEndian(AeadEngine engine) throws GeneralSecurityException {
        byte[] key = vector(15, "key");
        byte[] plaintext = vector(15, "plaintext");

        assertThat(sealed(engine, key, plaintext)).isEqualTo(seal(key, nonce(COUNTER), plaintext));
    }

    @ParameterizedTest
    @MethodSource("dev.culvert.crypto.TestEngines#ofAes256Gcm")
    void anEmptyMessageIsATag(AeadEngine engine) throws GeneralSecurityException {
        byte[] key = vector(15, "key");

        assertThat(sealed(engine, key, new byte[0])).isEqualTo(seal(key, nonce(COUNTER), new byte[0]));
    }

    private static byte[] sealed(AeadEngine engine, byte[] key, byte[] plaintext) {
        int length = plaintext.length;
        ByteBuf buffer = Unpooled.directBuffer(length + Aead.TAG_BYTES).writeBytes(plaintext);
        try (SecretBytes secret = SecretBytes.owning(key.clone());
                Aead aead = engine.keyed(secret)) {
            aead.seal(COUNTER, buffer, 0, length, buffer, 0);
            byte[] sealed = new byte[length + Aead.TAG_BYTES];
            buffer.getBytes(0, sealed);
            return sealed;
        } finally {
            buffer.release();
        }
    }

    /** SP 800-38D, section 7.1, for nonces of 96 bits and no associated data; as slow and plain as it stands there. */
    private static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        byte[] ciphertext = new byte[plaintext.length];
        for (int i = 0; i < plaintext.length; i += BLOCK) {
            byte[] stream = aes.doFinal(counterBlock(nonce, 2 + i / BLOCK));
            for (int j = i; j < Math.min(i + BLOCK, plaintext.length); j++) {
                ciphertext[j] = (byte) (plaintext[j] ^ stream[j - i]);
            }
        }
        BigInteger mask = new BigInteger(1, aes.doFinal(counterBlock(nonce, 1)));
        byte[] tag = bytes(ghash(new BigInteger(1, aes.doFinal(new byte[BLOCK])), ciphertext)
                .xor(mask));
        return join(ciphertext, tag);
    }

    private static byte[] counterBlock(byte[] nonce, int number) {
        return ByteBuffer.allocate(BLOCK).put(nonce).putInt(number).array();
    }

    /** Section 6.4: the ciphertext padded to whole blocks, then the lengths in bits. */
    private static BigInteger ghash(BigInteger hashKey, byte[] ciphertext) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < ciphertext.length; i += BLOCK) {
            byte[] block =
                    Arrays.copyOf(Arrays.copyOfRange(ciphertext, i, Math.min(i + BLOCK, ciphertext.length)), BLOCK);
            sum = product(sum.xor(new BigInteger(1, block)), hashKey);
        }
        return product(sum.xor(BigInteger.valueOf(ciphertext.length * 8L)), hashKey);
    }

    /** Section 6.3, algorithm 1. */
    private static BigInteger product(BigInteger x, BigInteger y) {
        BigInteger z = BigInteger.ZERO;
        BigInteger v = y;
        for (int bit = 127; bit >= 0; bit--) {
            if (x.testBit(bit)) {
                z = z.xor(v);
            }
            v = v.testBit(0) ? v.shiftRight(1).xor(R) : v.shiftRight(1);
        }
        return z;
    }

    private static byte[] bytes(BigInteger block) {
        byte[] digits = block.toByteArray();
        byte[] bytes = new byte[BLOCK];
        int length = Math.min(BLOCK, digits.length);
        System.arraycopy(digits, digits.length - length, bytes, BLOCK - length, length);
        return bytes;
    }

    private static byte[] nonce(long counter) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4, counter)
                .array();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] vector(int testCase, String name) {
        return HexFormat.of().parseHex(Objects.requireNonNull(GCM.getProperty(testCase + "." + name), name));
    }
}
