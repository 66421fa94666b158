package dev.culvert.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.Aead;
import dev.culvert.session.Role;
import dev.culvert.session.Session;
import dev.culvert.session.SessionCipher;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeavingSessionsTest {
    private static final long NOW = Long.MAX_VALUE - 1; // the clock may wrap around meanwhile

    private final LeavingSessions leaving = new LeavingSessions();

    /** Nothing is sealed or opened here. */
    private static final class NoAead implements Aead {
        @Override
        public void seal(long counter, ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex) {
            throw new AssertionError();
        }

        @Override
        public boolean open(
                long counter, ByteBuf source, int sourceIndex, int sealedLength, ByteBuf target, int targetIndex) {
            throw new AssertionError();
        }

        @Override
        public void close() {}
    }

    private static Session session() {
        return new Session(
                Role.INITIATOR,
                new SessionCipher(1, List.of(new SessionCipher.Keyed(new NoAead(), new NoAead()))),
                Optional.empty(),
                2,
                NOW);
    }

    @Test
    void aSessionLingersItsTime() {
        Session session = session();
        assertThat(leaving.add(List.of(session), NOW)).isEmpty();

        assertThat(leaving.due(NOW + LeavingSessions.LINGER_NANOS - 1)).isEmpty();
        assertThat(leaving.due(NOW + LeavingSessions.LINGER_NANOS)).containsExactly(session);
        assertThat(leaving.due(NOW + LeavingSessions.LINGER_NANOS)).isEmpty();
    }

    @Test
    void theOldestMakeRoom() {
        Session first = session();
        Session second = session();
        Session third = session();
        assertThat(leaving.add(List.of(first, second), NOW)).isEmpty();

        assertThat(leaving.add(List.of(third), NOW)).containsExactly(first);
        assertThat(leaving.clear()).containsExactly(second, third);
        assertThat(leaving.clear()).isEmpty();
    }
}
