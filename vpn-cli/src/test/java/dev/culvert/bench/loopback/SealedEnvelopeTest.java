package dev.culvert.bench.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.AeadEngine;
import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.CipherSuite;
import dev.culvert.crypto.NoAeadEngineException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SealedEnvelopeTest {
    private static final byte[] FRAME = "a frame of some bytes, as good as any".getBytes(StandardCharsets.US_ASCII);

    private SealedEnvelope first;
    private SealedEnvelope second;

    @BeforeEach
    void pair() throws NoAeadEngineException {
        AeadEngine engine =
                AeadEngines.choose(CipherSuite.CHACHA20_POLY1305, List.of("bc")).engine();
        first = SealedEnvelope.of(engine, true);
        second = SealedEnvelope.of(engine, false);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void opensWhatTheOtherEndSealed() {
        for (int i = 0; i < 3; i++) {
            assertThat(unwrapped(second, wrapped(first))).isEqualTo(FRAME);
            assertThat(unwrapped(first, wrapped(second))).isEqualTo(FRAME);
        }
    }

    @Test
    void encryptsAndNeverTwiceTheSame() {
        byte[] once = wrapped(first);
        byte[] again = wrapped(first);
        assertThat(once).hasSize(FRAME.length + first.overheadBytes()).isNotEqualTo(again);
        assertThat(new String(once, StandardCharsets.ISO_8859_1)).doesNotContain("frame of some bytes");
    }

    @Test
    void refusesWhatWasAlteredOrIsItsOwnOrTooShort() {
        byte[] altered = wrapped(first);
        altered[altered.length / 2] ^= 1;
        assertThat(unwraps(second, altered)).isFalse();
        assertThat(unwraps(first, wrapped(first))).isFalse();
        assertThat(unwraps(first, new byte[first.overheadBytes() - 1])).isFalse();
    }

    private static byte[] wrapped(Envelope envelope) {
        int bytes = FRAME.length + envelope.overheadBytes();
        ByteBuf frame = direct(FRAME);
        ByteBuf target = Unpooled.directBuffer(bytes, bytes);
        try {
            envelope.wrap(frame, 0, FRAME.length, target, 0);
            return ByteBufUtil.getBytes(target.writerIndex(bytes));
        } finally {
            frame.release();
            target.release();
        }
    }

    private static byte[] unwrapped(Envelope envelope, byte[] datagram) {
        ByteBuf buffer = direct(datagram);
        try {
            assertThat(envelope.unwrap(buffer)).isTrue();
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    private static boolean unwraps(Envelope envelope, byte[] datagram) {
        ByteBuf buffer = direct(datagram);
        try {
            return envelope.unwrap(buffer);
        } finally {
            buffer.release();
        }
    }

    private static ByteBuf direct(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length, bytes.length).writeBytes(bytes);
    }
}
