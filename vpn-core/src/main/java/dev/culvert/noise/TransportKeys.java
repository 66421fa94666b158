package dev.culvert.noise;

import dev.culvert.crypto.SecretBytes;

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
