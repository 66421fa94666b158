package dev.culvert.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherGrade;
import dev.culvert.wire.HelloMessage;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherPolicyTest {
    private static final int OFFERED_INDEX = 7;

    @ParameterizedTest(name = "{0}, here {1}, peer offers {2} asks {3} has {4}: {5}, {6}")
    @CsvSource({
        "AUTO,              HARDWARE, true,  false, 3, true,  in hardware at both ends",
        "AUTO,              HARDWARE, true,  false, 1, false, aes-256-gcm is not in hardware at the peer",
        "AUTO,              HARDWARE, true,  false, 2, false, aes-256-gcm is not in hardware at the peer",
        "AUTO,              HARDWARE, true,  false, 9, false, aes-256-gcm is not in hardware at the peer",
        "AUTO,              SLOW,     true,  false, 3, false, aes-256-gcm is not in hardware here",
        "AUTO,              SLOW,     true,  true,  1, true,  the peer asks for it",
        "AUTO,              HARDWARE, false, true,  3, false, the peer does not offer aes-256-gcm",
        "AUTO,              NONE,     true,  true,  3, false, no engine for aes-256-gcm here",
        "AES_256_GCM,       SLOW,     true,  false, 1, true,  cipher = \"aes-256-gcm\" here",
        "AES_256_GCM,       HARDWARE, false, false, 0, false, the peer does not offer aes-256-gcm",
        "CHACHA20_POLY1305, NONE,     true,  true,  3, false, cipher = \"chacha20-poly1305\" here",
    })
    void decides(
            CipherChoice choice,
            CipherGrade here,
            boolean offers,
            boolean asks,
            int there,
            boolean second,
            String reason) {
        CipherPolicy policy = new CipherPolicy(choice, CipherGrade.FAST, here);
        OptionalInt index = offers ? OptionalInt.of(OFFERED_INDEX) : OptionalInt.empty();

        assertThat(policy.decide(new HelloMessage(false, index, asks, CipherGrade.FAST.code(), there)))
                .isEqualTo(new CipherDecision(second, reason));
    }
}
