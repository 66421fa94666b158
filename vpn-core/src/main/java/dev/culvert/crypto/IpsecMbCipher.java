package dev.culvert.crypto;

import dev.culvert.crypto.ipsecmb.GcmKey;
import dev.culvert.crypto.ipsecmb.IpsecMbException;
import dev.culvert.crypto.ipsecmb.LibIpsecMb;
import java.util.List;
import java.util.Set;

/** AES-256-GCM of Intel's multi-buffer library: a third of what libcrypto takes, where the processor has VAES. */
final class IpsecMbCipher implements AddressCipher {
    static final String NAME = "ipsec-mb";

    private final GcmKey key;

    private IpsecMbCipher(GcmKey key) {
        this.key = key;
    }

    /**
     * @param libraries {@link LibIpsecMb#LIBRARIES}, but for tests
     * @param processor its flags, as {@link CpuFlags} has them
     */
    static AeadEngine engine(List<String> libraries, Set<String> processor) throws AeadUnavailableException {
        try {
            LibIpsecMb library = LibIpsecMb.load(libraries, processor);
            return new NamedAeadEngine(
                    NAME, CipherSuite.AES_256_GCM, key -> new DirectAead(new IpsecMbCipher(library.key(key))));
        } catch (IpsecMbException e) {
            throw new AeadUnavailableException(e.getMessage(), e);
        }
    }

    @Override
    public void seal(long counter, long source, int length, long target) {
        key.seal(counter, source, length, target);
    }

    @Override
    public boolean open(long counter, long source, int length, long target) {
        return key.open(counter, source, length, target);
    }

    @Override
    public void close() {
        key.close();
    }
}
