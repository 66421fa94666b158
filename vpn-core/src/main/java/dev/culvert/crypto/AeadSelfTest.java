package dev.culvert.crypto;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether an engine does what {@link Aead} promises, before it is trusted with a session. Repeats a published exchange,
 * then seals and opens where implementations change their ways, at odd offsets and in place, compares with Bouncy
 * Castle, and offers forgeries. Most faults it looks for were seen in libraries that people use.
 */
final class AeadSelfTest {
    /** Around the blocks of AES and Poly1305 (16 bytes), ChaCha20 (64), vector code (256, 512, 768); a frame; a jumbo frame. */
    private static final int[] LENGTHS = {
        0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 255, 257, 513, 767, 769, 1424, 1500, 9000
    };

    private static final int TAG = Aead.TAG_BYTES;
    private static final long COUNTER_STEP = 0x9e37_79b9_7f4a_7c15L; // odd, so nothing repeats; all 8 bytes in use

    private final Aead aead;
    private final Aead reference;
    private long counter = COUNTER_STEP; // not 0, which a known answer may have sealed with already

    private AeadSelfTest(Aead aead, Aead reference) {
        this.aead = aead;
        this.reference = reference;
    }

    /** The first fault found, in words for the operator. Takes some tens of milliseconds in a cold JVM. */
    static Optional<String> faultOf(AeadEngine engine) {
        return faultOf(engine, LENGTHS);
    }

    static Optional<String> faultOf(AeadEngine engine, int... lengths) {
        AeadKnownAnswer known = AeadKnownAnswer.of(engine.suite());
        try (SecretBytes key = SecretBytes.owning(known.key.clone());
                Aead aead = engine.keyed(key);
                Aead reference = BouncyCastleCipher.engine(engine.suite()).keyed(key)) {
            AeadSelfTest test = new AeadSelfTest(aead, reference);
            test.repeat(known);
            test.compareAt(lengths);
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of(e.words);
        }
    }

    private void repeat(AeadKnownAnswer known) throws Fault {
        try (AeadTestMemory memory = AeadTestMemory.apart(known.sealed.length)) {
            exchange(memory, known.counter, known.plaintext, known.sealed);
        }
    }

    private void compareAt(int[] lengths) throws Fault {
        for (int length : lengths) {
            try (AeadTestMemory apart = AeadTestMemory.apart(length + TAG);
                    AeadTestMemory inPlace = AeadTestMemory.inPlace(length + TAG)) {
                compare(apart, length);
                compare(inPlace, length);
            }
        }
    }

    private void compare(AeadTestMemory memory, int length) throws Fault {
        byte[] plaintext = plaintext(length);
        byte[] sealed = new byte[length + TAG];
        ByteBuf target = Unpooled.wrappedBuffer(sealed);
        reference.seal(counter, Unpooled.wrappedBuffer(plaintext), 0, length, target, 0);
        exchange(memory, counter, plaintext, sealed);
        counter += COUNTER_STEP;
    }

    private static byte[] plaintext(int length) {
        byte[] plaintext = new byte[length];
        for (int i = 0; i < length; i++) {
            plaintext[i] = (byte) (i * 31 + length);
        }
        return plaintext;
    }

    /** Forgeries come first: whatever they leave behind in the cipher must not spoil the genuine message. */
    private void exchange(AeadTestMemory memory, long counter, byte[] plaintext, byte[] sealed) throws Fault {
        seal(memory, counter, plaintext, sealed);
        int length = plaintext.length;
        if (length > 0) {
            refuse(memory, counter, flipped(sealed, 0), "a changed ciphertext");
            refuse(memory, counter, flipped(sealed, length - 1), "a changed ciphertext");
        }
        refuse(memory, counter, flipped(sealed, length), "a changed tag");
        refuse(memory, counter, flipped(sealed, length + TAG - 1), "a changed tag");
        refuse(memory, counter + 1, sealed, "another counter");
        refuse(memory, counter + (1L << 56), sealed, "another counter");
        open(memory, counter, plaintext, sealed);
    }

    private static byte[] flipped(byte[] sealed, int index) {
        byte[] forged = sealed.clone();
        forged[index] ^= (byte) 0x80;
        return forged;
    }

    private void seal(AeadTestMemory memory, long counter, byte[] plaintext, byte[] sealed) throws Fault {
        memory.load(plaintext);
        memory.seal(aead, counter, plaintext.length);
        require(Arrays.equals(memory.target(sealed.length), sealed), "sealed wrongly", memory, plaintext.length);
        require(memory.isIntactAround(sealed.length), "wrote beside its target", memory, plaintext.length);
    }

    private void open(AeadTestMemory memory, long counter, byte[] plaintext, byte[] sealed) throws Fault {
        int length = plaintext.length;
        memory.load(sealed);
        require(memory.open(aead, counter, sealed.length), "refused a genuine message", memory, length);
        require(Arrays.equals(memory.target(length), plaintext), "opened wrongly", memory, length);
        require(memory.isIntactAround(length), "wrote beside its target", memory, length);
    }

    private void refuse(AeadTestMemory memory, long counter, byte[] forged, String what) throws Fault {
        int length = forged.length - TAG;
        memory.load(forged);
        require(!memory.open(aead, counter, forged.length), "accepted " + what, memory, length);
        require(memory.isIntactAround(length), "wrote beside its target after " + what, memory, length);
        require(memory.holdsNoPlaintext(length), "left plaintext after " + what, memory, length);
    }

    private static void require(boolean holds, String fault, AeadTestMemory memory, int length) throws Fault {
        if (!holds) {
            throw new Fault(fault + " (" + length + " bytes, " + memory + ")");
        }
    }

    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final String words;

        Fault(String words) {
            super(words);
            this.words = words;
        }
    }
}
