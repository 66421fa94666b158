package dev.culvert.handshake;

import dev.culvert.crypto.KeyedMac;
import dev.culvert.crypto.PublicKey;
import dev.culvert.wire.HandshakeMessage;
import dev.culvert.wire.InitiationMessage;
import dev.culvert.wire.ResponseMessage;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;

/**
 * Whether an initiation or a response was made for our public key: the one check that comes before all others, so that
 * strangers who do not even know the key get no answer and no work done. One instance a lane.
 */
public final class Mac1Check {
    private final KeyedMac mac1;
    private final byte[] message = new byte[InitiationMessage.LENGTH];
    private final byte[] expected = new byte[HandshakeMessage.MAC_BYTES];
    private final byte[] received = new byte[HandshakeMessage.MAC_BYTES];

    public Mac1Check(PublicKey local) {
        this.mac1 = new KeyedMac(MacKeys.mac1(local));
    }

    /** Borrows a datagram of either type. False also for any other length. */
    public boolean isValid(ByteBuf datagram) {
        int length = datagram.readableBytes();
        if (length != InitiationMessage.LENGTH && length != ResponseMessage.LENGTH) {
            return false;
        }
        int offset = HandshakeMessage.mac1Offset(length);
        datagram.getBytes(datagram.readerIndex(), message, 0, offset);
        datagram.getBytes(datagram.readerIndex() + offset, received);
        mac1.compute(message, offset, expected, 0);
        return MessageDigest.isEqual(expected, received);
    }
}
