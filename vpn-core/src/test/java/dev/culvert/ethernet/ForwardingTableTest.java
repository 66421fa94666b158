package dev.culvert.ethernet;

import static dev.culvert.ethernet.Learned.ADDED;
import static dev.culvert.ethernet.Learned.HELD_DOWN;
import static dev.culvert.ethernet.Learned.KNOWN;
import static dev.culvert.ethernet.Learned.LIMIT_REACHED;
import static dev.culvert.ethernet.Learned.MOVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.ethernet.ForwardingTable.Owner;
import dev.culvert.testkit.Allocation;
import dev.culvert.testkit.ManualClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ForwardingTableTest {
    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    private static final long MAC = 0x0200_0000_0001L;
    private static final Duration AGE = Duration.ofMinutes(5);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final int PER_PEER = 4;
    private static final int LOCAL = 3;
    private static final int TOTAL = 6;

    private final ManualClock clock = new ManualClock();
    private final ForwardingTable<String> table =
            new ForwardingTable<>(new ForwardingLimits(TOTAL, PER_PEER, LOCAL, AGE), 42);

    @Test
    void addressBelongsToWhoUsedItLast() {
        assertThat(learn(MAC, ALICE)).isEqualTo(ADDED);
        assertThat(learn(MAC, ALICE)).isEqualTo(KNOWN);
        assertThat(learn(MAC, BOB)).isEqualTo(MOVED);
        assertThat(ownerOf(MAC)).isEqualTo(BOB);
        assertThat(learnLocal(MAC)).isEqualTo(MOVED);
        assertThat(ownerOf(MAC)).isEqualTo("local");
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void unknownAddressHasNoOwner() {
        assertThat(ownerOf(MAC)).isNull();
    }

    @Test
    void anotherObjectThatEqualsThePeerIsThePeer() {
        learn(MAC, ALICE);
        assertThat(learn(MAC, String.valueOf(ALICE.toCharArray()))).isEqualTo(KNOWN);
    }

    @Test
    void addressIsForgottenAfterItsAge() {
        learn(MAC, ALICE);
        clock.advance(AGE.minus(NANO));
        assertThat(ownerOf(MAC)).isEqualTo(ALICE);
        clock.advance(NANO);
        assertThat(ownerOf(MAC)).isNull();
        assertThat(learn(MAC, BOB)).isEqualTo(ADDED);
    }

    @Test
    void addressInUseDoesNotAge() {
        learn(MAC, ALICE);
        clock.advance(AGE.minus(NANO));
        learn(MAC, ALICE);
        clock.advance(AGE.minus(NANO));
        assertThat(ownerOf(MAC)).isEqualTo(ALICE);
    }

    @Test
    void listsAddressesByOwnerAndForgetsAPeerWithAllOfThem() {
        learn(MAC + 1, ALICE);
        learn(MAC, ALICE);
        learn(MAC + 2, BOB);
        learnLocal(MAC + 3);
        assertThat(table.of(ALICE)).containsExactly(new MacAddress(MAC), new MacAddress(MAC + 1));
        assertThat(table.local()).containsExactly(new MacAddress(MAC + 3));

        table.forget(ALICE);

        assertThat(table.of(ALICE)).isEmpty();
        assertThat(ownerOf(MAC)).isNull();
        assertThat(ownerOf(MAC + 2)).isEqualTo(BOB);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void expiredAddressesLeaveTheListWhenAsked() {
        learn(MAC, ALICE);
        clock.advance(AGE);
        table.removeExpired(now());
        assertThat(table.of(ALICE)).isEmpty();
        assertThat(table.size()).isZero();
    }

    @Nested
    class WhenAPeerHasUsedUpItsShare {
        private final long next = MAC + PER_PEER;

        WhenAPeerHasUsedUpItsShare() {
            for (long mac = MAC; mac < next; mac++) {
                learn(mac, ALICE);
            }
        }

        @Test
        void itsNextAddressIsNotLearned() {
            assertThat(learn(next, ALICE)).isEqualTo(LIMIT_REACHED);
            assertThat(ownerOf(next)).isNull();
        }

        @Test
        void itCannotTakeOverOneOfAnother() {
            learn(next, BOB);
            assertThat(learn(next, ALICE)).isEqualTo(LIMIT_REACHED);
            assertThat(ownerOf(next)).isEqualTo(BOB);
        }

        @Test
        void othersStillLearn() {
            assertThat(learn(next, BOB)).isEqualTo(ADDED);
            assertThat(learnLocal(next + 1)).isEqualTo(ADDED);
        }

        @Test
        void thePlaceOfAnExpiredAddressIsReused() {
            clock.advance(AGE.minus(NANO));
            learn(MAC, ALICE);
            clock.advance(NANO); // all but the first have expired
            for (long mac = next; mac < next + PER_PEER - 1; mac++) {
                assertThat(learn(mac, ALICE)).isEqualTo(ADDED);
            }
            assertThat(learn(next + PER_PEER, ALICE)).isEqualTo(LIMIT_REACHED);
            assertThat(ownerOf(MAC)).isEqualTo(ALICE);
        }

        @Test
        void thePlaceOfAMovedAddressIsFree() {
            learn(MAC, BOB);
            assertThat(learn(next, ALICE)).isEqualTo(ADDED);
        }

        @Test
        void theTableInAllIsBoundedToo() {
            learnLocal(next);
            learnLocal(next + 1);
            assertThat(table.size()).isEqualTo(TOTAL);
            assertThat(learnLocal(next + 2)).isEqualTo(LIMIT_REACHED);
            assertThat(learn(next + 2, BOB)).isEqualTo(LIMIT_REACHED);
            assertThat(learn(MAC, BOB)).as("a move needs no place").isEqualTo(MOVED);
        }
    }

    @Nested
    class WhenAnAddressFlaps {
        private String owner = ALICE;

        WhenAnAddressFlaps() {
            learn(MAC, ALICE);
        }

        private Learned flap() {
            String other = owner.equals(ALICE) ? BOB : ALICE;
            Learned learned = learn(MAC, other);
            owner = learned == MOVED ? other : owner;
            return learned;
        }

        @Test
        void itStaysWhereItIsAfterTooManyMoves() {
            for (int move = 0; move < ForwardingTable.MAX_MOVES; move++) {
                assertThat(flap()).isEqualTo(MOVED);
            }
            assertThat(flap()).isEqualTo(HELD_DOWN);
            assertThat(ownerOf(MAC)).isEqualTo(owner);
            assertThat(learn(MAC, owner))
                    .as("its owner may use it all the while")
                    .isEqualTo(KNOWN);

            clock.advance(ForwardingTable.HOLD_DOWN.minus(NANO));
            assertThat(flap()).isEqualTo(HELD_DOWN);
            clock.advance(NANO);
            assertThat(flap()).isEqualTo(MOVED);
        }

        @Test
        void movingNowAndThenIsRoaming() {
            Duration apart = ForwardingTable.HOLD_DOWN.dividedBy(ForwardingTable.MAX_MOVES);
            for (int move = 0; move < 10 * ForwardingTable.MAX_MOVES; move++) {
                assertThat(flap()).isEqualTo(MOVED);
                clock.advance(apart);
            }
        }

        @Test
        void itAgesAwayWhenItsOwnerIsSilent() { // else a thief could pin an address for ever
            for (int i = 0; i < AGE.dividedBy(Duration.ofSeconds(1)); i++) {
                for (int move = 0; move < 2 * ForwardingTable.MAX_MOVES; move++) {
                    flap();
                }
                clock.advance(Duration.ofSeconds(1));
            }
            clock.advance(AGE);
            assertThat(learn(MAC, BOB)).isEqualTo(ADDED);
        }
    }

    @Test
    void floodOfAddressesFillsOnlyTheShareOfItsSender() {
        ForwardingTable<String> roomy = new ForwardingTable<>(ForwardingLimits.DEFAULT, 7);
        long victims = 0x0600_0000_0000L;
        for (int i = 0; i < 1_000; i++) {
            assertThat(roomy.learn(victims + i, BOB, now())).isEqualTo(ADDED);
        }
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            refused += roomy.learn(MAC + i, ALICE, now()) == LIMIT_REACHED ? 1 : 0;
        }
        assertThat(refused).isEqualTo(100_000 - ForwardingLimits.DEFAULT.perPeer());
        assertThat(roomy.size()).isEqualTo(1_000 + ForwardingLimits.DEFAULT.perPeer());
        for (int i = 0; i < 1_000; i++) {
            assertThat(roomy.learn(victims + i, BOB, now())).isEqualTo(KNOWN);
        }
    }

    @Test
    void neitherFloodNorOrdinaryTrafficAllocates() {
        ForwardingTable<String> roomy = new ForwardingTable<>(ForwardingLimits.DEFAULT, 7);
        long start = now();
        int[] found = new int[1];
        long bytes = Allocation.bytesOf(() -> {
            for (int i = 0; i < 100_000; i++) {
                found[0] += roomy.learn(MAC + i, ALICE, start) == KNOWN ? 1 : 0;
                found[0] += roomy.learnLocal(MAC - i % 100, start) == KNOWN ? 1 : 0;
                found[0] += roomy.ownerOf(MAC + i, start) == null ? 0 : 1;
            }
        });
        assertThat(found[0]).isPositive();
        assertThat(bytes).as("for 300,000 calls").isLessThan(1_024);
    }

    private Learned learn(long mac, String peer) {
        return table.learn(mac, peer, now());
    }

    private Learned learnLocal(long mac) {
        return table.learnLocal(mac, now());
    }

    private @Nullable String ownerOf(long mac) {
        Owner<String> owner = table.ownerOf(mac, now());
        if (owner == null) {
            return null;
        }
        return owner.isLocal() ? "local" : owner.peer();
    }

    private long now() {
        return clock.nanoTime();
    }
}
