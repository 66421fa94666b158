package dev.culvert.noise;

import dev.culvert.crypto.Hash;
import dev.culvert.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;

/** What a handshake is for: a key to send with and one to receive with. Closed by whoever takes it. */
public final class TransportKeys implements AutoCloseable {
    private final SecretBytes send;
    private final SecretBytes receive;

    /** Takes ownership of both. */
    public TransportKeys(SecretBytes send, SecretBytes receive) {
        this.send = send;
        this.receive = receive;
    }

    public SecretBytes send() {
        return send;
    }

    public SecretBytes receive() {
        return receive;
    }

    /** Keys for another cipher of the same session: HKDF of each key and a label that names the use (docs/protocol.md). */
    public TransportKeys derive(String label) {
        return new TransportKeys(derive(send, label), derive(receive, label));
    }

    private static SecretBytes derive(SecretBytes key, String label) {
        return SecretBytes.owning(Hash.hkdf(key.reveal(), label.getBytes(StandardCharsets.US_ASCII), 1)[0]);
    }

    @Override
    public void close() {
        send.close();
        receive.close();
    }

    @Override
    public String toString() {
        return "TransportKeys(secret)";
    }
}
