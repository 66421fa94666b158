package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AeadAgreementTest {
    private static final int ROUNDS = 600;
    private static final int CAPACITY = 4096;

    @ParameterizedTest
    @EnumSource
    void whatOneEngineSealsEveryOtherOpens(CipherSuite suite) throws AeadUnavailableException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Aead> ciphers = new ArrayList<>();
        for (AeadEngine engine : TestEngines.of(suite)) {
            ciphers.add(TestEngines.keyed(engine, (int) seed));
        }
        ByteBuf plain = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY, CAPACITY);
        ByteBuf sealed = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY, CAPACITY);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Aead sealing = ciphers.get(round % ciphers.size());
                assertThat(everyoneOpens(sealing, ciphers, random, plain, sealed))
                        .as("round %d, seed %d", round, seed)
                        .isTrue();
            }
        } finally {
            plain.release();
            sealed.release();
            ciphers.forEach(Aead::close);
        }
    }

    private static boolean everyoneOpens(
            Aead sealing, List<Aead> ciphers, Random random, ByteBuf plain, ByteBuf sealed) {
        byte[] message = new byte[random.nextInt(2000)];
        random.nextBytes(message);
        int from = random.nextInt(64);
        int to = random.nextInt(64);
        long counter = random.nextLong();
        plain.setBytes(from, message);
        sealing.seal(counter, plain, from, message.length, sealed, to);
        boolean all = true;
        for (Aead opening : ciphers) {
            plain.setZero(0, CAPACITY);
            all &= opening.open(counter, sealed, to, message.length + Aead.TAG_BYTES, plain, from);
            byte[] opened = new byte[message.length];
            plain.getBytes(from, opened);
            all &= Arrays.equals(opened, message);
        }
        return all;
    }
}
