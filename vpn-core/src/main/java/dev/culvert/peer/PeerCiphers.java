package dev.culvert.peer;

import dev.culvert.crypto.ChosenEngine;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.crypto.CipherGrade;
import java.util.Optional;

/**
 * What the sessions with one peer are sealed with.
 *
 * @param sessions offers the second cipher when {@code policy} does
 */
public record PeerCiphers(SessionFactory sessions, CipherPolicy policy, HelloManners manners) {

    /** @param mayBeWireGuard the peer need not be a Culvert */
    public static PeerCiphers of(CipherChoice choice, CipherEngines engines, boolean mayBeWireGuard, int lanes) {
        Optional<ChosenEngine> second = choice == CipherChoice.CHACHA20_POLY1305 ? Optional.empty() : engines.second();
        return new PeerCiphers(
                new SessionFactory(engines.first().engine(), second.map(ChosenEngine::engine), lanes),
                new CipherPolicy(
                        choice,
                        engines.first().grade(),
                        second.map(ChosenEngine::grade).orElse(CipherGrade.NONE)),
                manners(second.isPresent(), mayBeWireGuard));
    }

    private static HelloManners manners(boolean offersSecond, boolean mayBeWireGuard) {
        if (!mayBeWireGuard) {
            return HelloManners.ALWAYS;
        }
        return offersSecond ? HelloManners.ONCE : HelloManners.WHEN_SPOKEN_TO;
    }
}
