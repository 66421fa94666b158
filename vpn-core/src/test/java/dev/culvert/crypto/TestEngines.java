package dev.culvert.crypto;

import dev.culvert.crypto.ipsecmb.LibIpsecMb;
import dev.culvert.crypto.openssl.LibCrypto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The engines that this machine has, for tests that want all of them; {@link AeadEnginesTest} says when one is missing. */
final class TestEngines {
    private TestEngines() {}

    static List<AeadEngine> all() throws AeadUnavailableException {
        List<AeadEngine> engines = new ArrayList<>(ofChaCha20Poly1305());
        engines.addAll(ofAes256Gcm());
        return engines;
    }

    static List<AeadEngine> of(CipherSuite suite) throws AeadUnavailableException {
        return switch (suite) {
            case CHACHA20_POLY1305 -> ofChaCha20Poly1305();
            case AES_256_GCM -> ofAes256Gcm();
        };
    }

    static List<AeadEngine> ofChaCha20Poly1305() throws AeadUnavailableException {
        List<AeadEngine> engines = openssl(CipherSuite.CHACHA20_POLY1305);
        engines.add(SunJceCipher.engine(CipherSuite.CHACHA20_POLY1305));
        engines.add(BouncyCastleCipher.engine(CipherSuite.CHACHA20_POLY1305));
        return engines;
    }

    static List<AeadEngine> ofAes256Gcm() throws AeadUnavailableException {
        List<AeadEngine> engines = ipsecMb();
        engines.addAll(openssl(CipherSuite.AES_256_GCM));
        engines.add(SunJceCipher.engine(CipherSuite.AES_256_GCM));
        engines.add(BouncyCastleCipher.engine(CipherSuite.AES_256_GCM));
        return engines;
    }

    static List<AeadEngine> ofNativeLibraries() {
        List<AeadEngine> engines = openssl(CipherSuite.CHACHA20_POLY1305);
        engines.addAll(openssl(CipherSuite.AES_256_GCM));
        engines.addAll(ipsecMb());
        return engines;
    }

    private static List<AeadEngine> openssl(CipherSuite suite) {
        return ifAvailable(() -> OpenSslCipher.engine(suite, LibCrypto.LIBRARY));
    }

    /** One for each code that the library chooses among: the processor seems to know less each time. */
    static List<AeadEngine> ipsecMb() {
        List<AeadEngine> engines = new ArrayList<>();
        Set<String> processor = new HashSet<>(CpuFlags.ofThisMachine());
        for (String unknown : List.of("", "avx512f", "avx2", "avx")) {
            processor.remove(unknown);
            engines.addAll(ifAvailable(() -> IpsecMbCipher.engine(LibIpsecMb.LIBRARIES, processor)));
        }
        return engines;
    }

    private static List<AeadEngine> ifAvailable(AeadCandidate.Opening opening) {
        List<AeadEngine> engines = new ArrayList<>();
        try {
            engines.add(opening.open());
        } catch (AeadUnavailableException e) {
            System.out.println("not tested: " + e.getMessage());
        }
        return engines;
    }

    static Aead keyed(AeadEngine engine, int firstByte) {
        byte[] key = new byte[Aead.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (firstByte + i);
        }
        try (SecretBytes secret = SecretBytes.owning(key)) {
            return engine.keyed(secret);
        }
    }
}
