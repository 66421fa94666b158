package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Vectors;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAgreementTest {
    private static final Vectors VECTORS = Vectors.load("x25519");

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void multipliesAsRfc7748(String vector) {
        byte[] out = agree(VECTORS.hex(vector + ".scalar"), VECTORS.hex(vector + ".u"));

        assertThat(out).isEqualTo(VECTORS.hex(vector + ".out"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void multipliesAgainAndAgainAsRfc7748(int times) {
        byte[] k = VECTORS.hex("iterated.start");
        byte[] u = k;
        for (int i = 0; i < times; i++) {
            byte[] next = agree(k, u);
            u = k;
            k = next;
        }

        assertThat(k).isEqualTo(VECTORS.hex("iterated." + times));
    }

    @Test
    void agreesAsRfc7748() {
        try (PrivateKey bob = PrivateKey.of(VECTORS.hex("bob.private"))) {
            assertThat(bob.publicKey().toBytes()).isEqualTo(VECTORS.hex("bob.public"));
        }
        assertThat(agree(VECTORS.hex("bob.private"), VECTORS.hex("alice.public")))
                .isEqualTo(VECTORS.hex("shared"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "zero,                0000000000000000000000000000000000000000000000000000000000000000",
        "one,                 0100000000000000000000000000000000000000000000000000000000000000",
        "order 8,             e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "order 8 too,         5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "p - 1,               ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "p which is zero,     edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "p + 1 which is one,  eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "zero with a top bit, 0000000000000000000000000000000000000000000000000000000000000080",
    })
    void refusesPointsOfLowOrder(String point, String hex) {
        try (PrivateKey own = PrivateKey.of(VECTORS.hex("bob.private"))) {
            PublicKey remote = PublicKey.of(HexFormat.of().parseHex(hex));

            assertThat(KeyAgreement.agree(own, remote)).as(point).isEmpty();
        }
    }

    private static byte[] agree(byte[] scalar, byte[] u) {
        try (PrivateKey own = PrivateKey.of(scalar);
                SecretBytes shared = KeyAgreement.agree(own, PublicKey.of(u)).orElseThrow()) {
            return shared.reveal().clone();
        }
    }
}
