package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The RFC has no exchange with empty associated data, so the tags are computed here, from its other vectors. */
class AeadKnownAnswerTest {
    private static final Properties RFC_8439 = new Properties();
    private static final BigInteger PRIME = BigInteger.TWO.pow(130).subtract(BigInteger.valueOf(5));
    private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);
    private static final int TAG = Aead.TAG_BYTES;

    private final AeadKnownAnswer known = AeadKnownAnswer.of(CipherSuite.CHACHA20_POLY1305);

    @BeforeAll
    static void readVectors() throws IOException {
        try (InputStream file = AeadKnownAnswerTest.class.getResourceAsStream("/vectors/rfc8439.properties")) {
            RFC_8439.load(Objects.requireNonNull(file));
        }
    }

    @Test
    void poly1305OfThisTestIsTheOneOfTheRfc() {
        assertThat(poly1305(vector("poly1305.key"), vector("poly1305.message"))).isEqualTo(vector("poly1305.tag"));
    }

    @Test
    void theSelfTestRepeatsAppendixA5() {
        assertThat(known.key).isEqualTo(vector("a5.key"));
        assertThat(nonce(known.counter)).isEqualTo(vector("a5.nonce"));
        assertThat(known.plaintext).isEqualTo(vector("a5.plaintext"));
        assertThat(Arrays.copyOf(known.sealed, known.plaintext.length)).isEqualTo(vector("a5.ciphertext"));
    }

    @Test
    void theTagOfTheSelfTestIsPoly1305WithoutAssociatedData() {
        byte[] tag = Arrays.copyOfRange(known.sealed, known.plaintext.length, known.sealed.length);

        assertThat(tag).isEqualTo(tag(vector("a5.one-time-key"), vector("a5.ciphertext")));
    }

    @Test
    void theReferenceGivesTheTagOfTheRfcWithAssociatedData() throws InvalidCipherTextException {
        ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
        KeyParameter key = new KeyParameter(vector("a5.key"));
        cipher.init(true, new AEADParameters(key, TAG * 8, vector("a5.nonce"), vector("a5.associated")));
        byte[] plaintext = vector("a5.plaintext");
        byte[] sealed = new byte[plaintext.length + TAG];
        int written = cipher.processBytes(plaintext, 0, plaintext.length, sealed, 0);
        assertThat(written + cipher.doFinal(sealed, written)).isEqualTo(sealed.length);

        assertThat(sealed).isEqualTo(join(vector("a5.ciphertext"), vector("a5.tag")));
    }

    @ParameterizedTest
    @MethodSource("dev.culvert.crypto.TestEngines#ofChaCha20Poly1305")
    void zerosUnderTheZeroKeyAreTheKeyStreamOfAppendixA1(AeadEngine engine) {
        byte[] keyStream = vector("zero.key-stream");

        byte[] sealed = sealZeros(engine, keyStream.length);

        assertThat(sealed).isEqualTo(join(keyStream, tag(vector("zero.one-time-key"), keyStream)));
    }

    @ParameterizedTest
    @MethodSource("dev.culvert.crypto.TestEngines#ofChaCha20Poly1305")
    void anEmptyMessageIsTheTagOfNothing(AeadEngine engine) {
        assertThat(sealZeros(engine, 0)).isEqualTo(tag(vector("zero.one-time-key"), new byte[0]));
    }

    private static byte[] sealZeros(AeadEngine engine, int length) {
        ByteBuf buffer = Unpooled.directBuffer(length + TAG).writeZero(length + TAG);
        try (SecretBytes key = SecretBytes.owning(new byte[Aead.KEY_BYTES]);
                Aead aead = engine.keyed(key)) {
            aead.seal(0, buffer, 0, length, buffer, 0);
            byte[] sealed = new byte[length + TAG];
            buffer.getBytes(0, sealed);
            return sealed;
        } finally {
            buffer.release();
        }
    }

    /** Section 2.8: the ciphertext padded to 16 bytes, the length of the associated data, that of the ciphertext. */
    private static byte[] tag(byte[] oneTimeKey, byte[] ciphertext) {
        int padded = (ciphertext.length + 15) / 16 * 16;
        ByteBuffer message = ByteBuffer.allocate(padded + 16).order(ByteOrder.LITTLE_ENDIAN);
        message.put(ciphertext).putLong(padded, 0).putLong(padded + 8, ciphertext.length);
        return poly1305(oneTimeKey, message.array());
    }

    /** Section 2.5, as slow and plain as it stands there. */
    private static byte[] poly1305(byte[] key, byte[] message) {
        BigInteger r = littleEndian(Arrays.copyOf(key, 16)).and(CLAMP);
        BigInteger s = littleEndian(Arrays.copyOfRange(key, 16, 32));
        BigInteger sum = BigInteger.ZERO;
        for (int from = 0; from < message.length; from += 16) {
            byte[] block = Arrays.copyOfRange(message, from, Math.min(from + 16, message.length));
            BigInteger number = littleEndian(block).setBit(8 * block.length);
            sum = sum.add(number).multiply(r).mod(PRIME);
        }
        byte[] bigEndian = sum.add(s).mod(BigInteger.TWO.pow(128)).toByteArray();
        byte[] tag = new byte[TAG];
        for (int i = 0; i < Math.min(TAG, bigEndian.length); i++) {
            tag[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return tag;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
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

    private static byte[] vector(String name) {
        return HexFormat.of().parseHex(Objects.requireNonNull(RFC_8439.getProperty(name), name));
    }
}
