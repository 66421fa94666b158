package dev.culvert.peer;

import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherGrade;
import dev.culvert.wire.HelloMessage;

/**
 * Which cipher this end seals with for one peer. Each end decides for what it sends itself: both ciphers are always
 * opened.
 *
 * @param first what this machine makes of ChaCha20-Poly1305
 * @param second the same of AES-256-GCM; {@link CipherGrade#NONE} when it is not offered to this peer
 */
public record CipherPolicy(CipherChoice choice, CipherGrade first, CipherGrade second) {
    private static final CipherDecision CHOSEN_FIRST = new CipherDecision(false, "cipher = \"chacha20-poly1305\" here");
    private static final CipherDecision CHOSEN_SECOND = new CipherDecision(true, "cipher = \"aes-256-gcm\" here");
    private static final CipherDecision NO_ENGINE = new CipherDecision(false, "no engine for aes-256-gcm here");
    private static final CipherDecision NOT_OFFERED = new CipherDecision(false, "the peer does not offer aes-256-gcm");
    private static final CipherDecision ASKED_FOR = new CipherDecision(true, "the peer asks for it");
    private static final CipherDecision SLOW_HERE = new CipherDecision(false, "aes-256-gcm is not in hardware here");
    private static final CipherDecision SLOW_THERE =
            new CipherDecision(false, "aes-256-gcm is not in hardware at the peer");
    private static final CipherDecision HARDWARE = new CipherDecision(true, "in hardware at both ends");

    boolean asksForSecond() {
        return choice == CipherChoice.AES_256_GCM;
    }

    CipherDecision decide(HelloMessage theirs) {
        if (second == CipherGrade.NONE) {
            return choice == CipherChoice.CHACHA20_POLY1305 ? CHOSEN_FIRST : NO_ENGINE;
        }
        if (theirs.secondIndex().isEmpty()) {
            return NOT_OFFERED;
        }
        if (asksForSecond()) {
            return CHOSEN_SECOND;
        }
        if (theirs.asksForSecond()) {
            return ASKED_FOR;
        }
        if (!isCheaper(second, first)) {
            return SLOW_HERE;
        }
        return isCheaper(CipherGrade.of(theirs.aesGcmGrade()), CipherGrade.of(theirs.chaCha20Grade()))
                ? HARDWARE
                : SLOW_THERE;
    }

    private static boolean isCheaper(CipherGrade aesGcm, CipherGrade chaCha20) {
        return aesGcm == CipherGrade.HARDWARE && aesGcm.compareTo(chaCha20) > 0;
    }
}
