package dev.culvert.crypto;

import java.util.Set;

/**
 * What a machine makes of a cipher, worst first: enough to choose one of two, and to tell the other end. Not measured,
 * but known from measuring: an engine that the JVM must compile first would be judged by its slow beginning.
 */
public enum CipherGrade {
    /** No engine serves it. */
    NONE,
    /** Byte by byte, in Java. */
    SLOW,
    /** In vectors, by a native library or by the JVM's own code. */
    FAST,
    /** By instructions that the processor has for it: faster than every other cipher that is only {@link #FAST}. */
    HARDWARE;

    private static final Set<String> AES_OF_X86 = Set.of("aes", "pclmulqdq");
    private static final Set<String> AES_OF_ARM = Set.of("aes", "pmull");

    static CipherGrade of(AeadEngine engine, Set<String> processor) {
        if (engine.name().equals(BouncyCastleCipher.NAME)) {
            return SLOW;
        }
        return switch (engine.suite()) {
            case CHACHA20_POLY1305 -> FAST;
            case AES_256_GCM -> hasAes(processor) ? HARDWARE : SLOW;
        };
    }

    private static boolean hasAes(Set<String> processor) {
        return processor.containsAll(AES_OF_X86) || processor.containsAll(AES_OF_ARM);
    }

    /** The number that stands for it on the wire. */
    public int code() {
        return ordinal();
    }

    /** {@link #NONE} for a number that this version does not know. */
    public static CipherGrade of(int code) {
        return code < values().length ? values()[code] : NONE;
    }
}
