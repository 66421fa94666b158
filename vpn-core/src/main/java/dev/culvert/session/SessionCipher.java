package dev.culvert.session;

import dev.culvert.crypto.Aead;

/**
 * One of the ciphers of a session. Owned by it.
 *
 * @param localIndex the index that datagrams to us carry when they are sealed with this cipher
 */
public record SessionCipher(int localIndex, Aead sealer, Aead opener) implements AutoCloseable {
    @Override
    public void close() {
        sealer.close();
        opener.close();
    }
}
