package dev.culvert.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.culvert.crypto.Aead;
import dev.culvert.crypto.AeadEngine;
import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.CipherSuite;
import dev.culvert.crypto.NoAeadEngineException;
import dev.culvert.crypto.SecretBytes;
import dev.culvert.wire.TransportMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondCipherTest {
    private static final int FIRST = 11;
    private static final int SECOND = 22;
    private static final int LENGTH = 40;
    private static final int MESSAGE_BYTES = Session.sealedBytes(LENGTH);

    private final List<ClosingAead> ciphers = new ArrayList<>();
    private final ByteBuf payload = Unpooled.directBuffer(LENGTH).writeZero(LENGTH);
    private Session left;
    private Session right;

    /** Knows whether it was closed. */
    private static final class ClosingAead implements Aead {
        private final Aead real;
        private boolean closed;

        ClosingAead(Aead real) {
            this.real = real;
        }

        @Override
        public void seal(long counter, ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex) {
            real.seal(counter, source, sourceIndex, length, target, targetIndex);
        }

        @Override
        public boolean open(
                long counter, ByteBuf source, int sourceIndex, int sealedLength, ByteBuf target, int targetIndex) {
            return real.open(counter, source, sourceIndex, sealedLength, target, targetIndex);
        }

        @Override
        public void close() {
            closed = true;
            real.close();
        }
    }

    @BeforeEach
    void pair() throws NoAeadEngineException {
        left = session(Role.INITIATOR, true);
        right = session(Role.RESPONDER, true);
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
        payload.release();
    }

    /** Both ends have the same indices and the same key for both directions: enough for these tests. */
    private Session session(Role role, boolean offersSecond) throws NoAeadEngineException {
        Optional<SessionCipher> second =
                offersSecond ? Optional.of(cipher(CipherSuite.AES_256_GCM, SECOND)) : Optional.empty();
        return new Session(role, cipher(CipherSuite.CHACHA20_POLY1305, FIRST), second, FIRST, 0);
    }

    private SessionCipher cipher(CipherSuite suite, int index) throws NoAeadEngineException {
        AeadEngine engine = AeadEngines.choose(suite, List.of("sunjce")).engine();
        return new SessionCipher(index, List.of(new SessionCipher.Keyed(keyed(engine), keyed(engine))));
    }

    private Aead keyed(AeadEngine engine) {
        try (SecretBytes key = SecretBytes.owning(new byte[Aead.KEY_BYTES])) {
            ClosingAead aead = new ClosingAead(engine.keyed(key));
            ciphers.add(aead);
            return aead;
        }
    }

    private ByteBuf sealed(Session from) {
        ByteBuf message = Unpooled.buffer(MESSAGE_BYTES);
        assertThat(from.seal(0, payload, 0, LENGTH, message, 0, 0)).isEqualTo(MESSAGE_BYTES);
        return message.writerIndex(MESSAGE_BYTES);
    }

    @Test
    void beginsWithTheFirst() {
        ByteBuf message = sealed(left);

        assertThat(left.sealsWithSecond()).isFalse();
        assertThat(TransportMessage.receiverIndex(message, 0)).isEqualTo(FIRST);
        assertThat(right.open(0, message, 0)).isEqualTo(OpenVerdict.OPENED);
    }

    @Test
    void bothAreOpenedWhicheverIsSealedWith() {
        ByteBuf early = sealed(left);
        left.sealWithSecond(SECOND);
        ByteBuf late = sealed(left);
        left.sealWithFirst();
        ByteBuf last = sealed(left);

        assertThat(TransportMessage.receiverIndex(late, 0)).isEqualTo(SECOND);
        assertThat(TransportMessage.receiverIndex(last, 0)).isEqualTo(FIRST);
        assertThat(right.open(0, late, 0)).isEqualTo(OpenVerdict.OPENED);
        assertThat(right.open(0, early, 0)).isEqualTo(OpenVerdict.OPENED);
        assertThat(right.open(0, last, 0)).isEqualTo(OpenVerdict.OPENED);
    }

    @Test
    void aCounterIsUsedOnceWhateverTheCipher() {
        List<Long> counters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            if (i % 2 == 0) {
                left.sealWithFirst();
            } else {
                left.sealWithSecond(SECOND);
            }
            counters.add(TransportMessage.counter(sealed(left), 0));
        }
        assertThat(counters).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aCounterThatCameByOneIndexIsReplayedByTheOther() throws NoAeadEngineException {
        ByteBuf first = sealed(left);
        Session again = session(Role.INITIATOR, true);
        again.sealWithSecond(SECOND);
        ByteBuf second = sealed(again);
        assertThat(TransportMessage.counter(second, 0)).isEqualTo(TransportMessage.counter(first, 0));

        assertThat(right.open(0, first, 0)).isEqualTo(OpenVerdict.OPENED);
        assertThat(right.open(0, second, 0)).isEqualTo(OpenVerdict.DROP_REPLAYED);
        again.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, SECOND})
    void aMessageOfOneCipherDoesNotOpenWithTheOther(int index) {
        if (index == FIRST) {
            left.sealWithSecond(SECOND);
        }
        ByteBuf message = sealed(left);
        TransportMessage.writeHeader(message, 0, index, TransportMessage.counter(message, 0));

        assertThat(right.open(0, message, 0)).isEqualTo(OpenVerdict.DROP_UNAUTHENTIC);
    }

    @Test
    void isWipedWithTheSession() {
        left.close();

        assertThat(ciphers.subList(0, 4)).allMatch(aead -> aead.closed);
        assertThat(ciphers.subList(4, 8)).noneMatch(aead -> aead.closed);
    }

    @Test
    void cannotBeSealedWithWhereItIsNotOffered() throws NoAeadEngineException {
        Session plain = session(Role.INITIATOR, false);

        assertThat(plain.secondIndex()).isEmpty();
        assertThatNullPointerException().isThrownBy(() -> plain.sealWithSecond(SECOND));
        plain.close();
    }

    @Test
    void theTableFindsASessionByBothIndicesAndListsItOnce() {
        SessionTable<String> table = new SessionTable<>();
        table.put(left, "owner");

        assertThat(table.contains(FIRST)).isTrue();
        assertThat(table.find(SECOND)).isEqualTo(table.find(FIRST)).isNotNull();
        assertThat(table.of("owner")).containsExactly(left);

        table.remove(left);
        assertThat(table.contains(FIRST)).isFalse();
        assertThat(table.contains(SECOND)).isFalse();
    }
}
