package dev.culvert.crypto;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** A sound cipher with one fault built in, each of a kind that was seen in the wild. */
final class FaultyAead implements Aead {
    enum Fault {
        NONE(""),
        SEALS_WITH_THE_COUNTER_IN_BIG_ENDIAN("sealed wrongly"),
        LOSES_THE_LAST_BYTE_OF_LONG_MESSAGES("sealed wrongly (1424 bytes"),
        ACCEPTS_EVERYTHING("accepted a changed ciphertext"),
        LOOKS_AT_HALF_OF_THE_TAG("accepted a changed tag"),
        LEAVES_PLAINTEXT_AFTER_A_FORGERY("left plaintext after a changed ciphertext"),
        ZEROES_WHAT_LIES_IN_FRONT_AFTER_A_FORGERY("wrote beside its target after a changed ciphertext"),
        WRITES_BEHIND_WHEN_SEALING("wrote beside its target"),
        WRITES_BEHIND_WHEN_OPENING("wrote beside its target"),
        REFUSES_THE_GENUINE_AFTER_A_FORGERY("refused a genuine message"),
        REFUSES_EMPTY_MESSAGES("refused a genuine message (0 bytes"),
        OPENS_WRONGLY_IN_PLACE("opened wrongly");

        final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    private final Fault fault;
    private final SecretBytes key;
    private final Aead sound;
    private boolean sawForgery;

    private FaultyAead(Fault fault, SecretBytes key) {
        this.fault = fault;
        this.key = SecretBytes.owning(key.reveal().clone());
        sound = BouncyCastleCipher.engine(CipherSuite.CHACHA20_POLY1305).keyed(key);
    }

    static AeadEngine engine(Fault fault) {
        return new NamedAeadEngine(
                "faulty", CipherSuite.CHACHA20_POLY1305, key -> new FaultyAead(fault, SecretBytes.owning(key.clone())));
    }

    @Override
    public void seal(long counter, ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex) {
        boolean reversed = fault == Fault.SEALS_WITH_THE_COUNTER_IN_BIG_ENDIAN;
        sound.seal(reversed ? Long.reverseBytes(counter) : counter, source, sourceIndex, length, target, targetIndex);
        int end = targetIndex + length + TAG_BYTES;
        if (fault == Fault.WRITES_BEHIND_WHEN_SEALING) {
            target.setByte(end, 0);
        } else if (fault == Fault.LOSES_THE_LAST_BYTE_OF_LONG_MESSAGES && length > 1000) {
            target.setByte(end - TAG_BYTES - 1, target.getByte(end - TAG_BYTES - 1) + 1);
        }
    }

    @Override
    public boolean open(
            long counter, ByteBuf source, int sourceIndex, int sealedLength, ByteBuf target, int targetIndex) {
        int length = sealedLength - TAG_BYTES;
        byte[] decrypted = decrypted(counter, source, sourceIndex, length);
        byte lastOfTag = source.getByte(sourceIndex + sealedLength - 1);
        boolean genuine = sound.open(counter, source, sourceIndex, sealedLength, target, targetIndex);
        return switch (fault) {
            case ACCEPTS_EVERYTHING -> {
                target.setBytes(targetIndex, decrypted);
                yield true;
            }
            case LOOKS_AT_HALF_OF_THE_TAG -> {
                source.setByte(sourceIndex + sealedLength - 1, lastOfTag ^ 0x80);
                boolean close = genuine || sound.open(counter, source, sourceIndex, sealedLength, target, targetIndex);
                source.setByte(sourceIndex + sealedLength - 1, lastOfTag);
                yield close;
            }
            case LEAVES_PLAINTEXT_AFTER_A_FORGERY -> {
                target.setBytes(targetIndex, decrypted);
                yield genuine;
            }
            case ZEROES_WHAT_LIES_IN_FRONT_AFTER_A_FORGERY -> {
                if (!genuine) {
                    target.setZero(0, targetIndex);
                }
                yield genuine;
            }
            case WRITES_BEHIND_WHEN_OPENING -> {
                target.setByte(targetIndex + length, 0);
                yield genuine;
            }
            case REFUSES_THE_GENUINE_AFTER_A_FORGERY -> {
                boolean accepted = genuine && !sawForgery;
                sawForgery = !genuine;
                yield accepted;
            }
            case REFUSES_EMPTY_MESSAGES -> genuine && length > 0;
            case OPENS_WRONGLY_IN_PLACE -> {
                if (genuine && sourceIndex == targetIndex && length > 0) {
                    target.setByte(targetIndex, ~target.getByte(targetIndex));
                }
                yield genuine;
            }
            case NONE,
                    SEALS_WITH_THE_COUNTER_IN_BIG_ENDIAN,
                    LOSES_THE_LAST_BYTE_OF_LONG_MESSAGES,
                    WRITES_BEHIND_WHEN_SEALING -> genuine;
        };
    }

    /** Sealing a ciphertext once more gives the plaintext: it is a stream cipher. */
    private byte[] decrypted(long counter, ByteBuf source, int sourceIndex, int length) {
        byte[] twice = new byte[length + TAG_BYTES];
        try (Aead fresh =
                BouncyCastleCipher.engine(CipherSuite.CHACHA20_POLY1305).keyed(key)) {
            fresh.seal(counter, source, sourceIndex, length, Unpooled.wrappedBuffer(twice), 0);
        }
        return Arrays.copyOf(twice, length);
    }

    @Override
    public void close() {
        sound.close();
        key.close();
    }
}
