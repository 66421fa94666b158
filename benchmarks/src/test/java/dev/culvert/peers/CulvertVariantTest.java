package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CulvertVariantTest {
    private static final String WRITTEN = """
            # a comment
            [interface]
            name = "peer1"                # the device to make
            mtu = 1404                    # or "auto"

            [[peer]]
            name = "two"                  # for people
            """;

    @Test
    void putsItsKeysWhereTheyBelong() {
        CulvertVariant variant = CulvertVariant.parse("other=interface.mtu=1500,crypto.cipher=auto,"
                + "crypto.engines=[\"openssl\",\"bc\"],interface.offload.tap=false,peer.keepalive=25s");

        assertThat(variant.name()).isEqualTo("other");
        assertThat(variant.mtu()).isEqualTo(OptionalInt.of(1500));
        assertThat(variant.applyTo(WRITTEN).lines())
                .containsExactlyInAnyOrder(
                        "crypto.cipher = \"auto\"",
                        "crypto.engines = [\"openssl\",\"bc\"]",
                        "# a comment",
                        "[interface]",
                        "mtu = 1500",
                        "offload.tap = false",
                        "name = \"peer1\"                # the device to make",
                        "",
                        "[[peer]]",
                        "keepalive = \"25s\"",
                        "name = \"two\"                  # for people")
                .containsSubsequence("crypto.cipher = \"auto\"", "[interface]", "mtu = 1500", "[[peer]]")
                .containsSubsequence("[interface]", "offload.tap = false", "[[peer]]", "keepalive = \"25s\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "large", "large=", "large=mtu=1500", "=interface.mtu=1500", "large=interface.mtu"})
    void refusesWhatIsNoNameWithKeys(String text) {
        assertThatThrownBy(() -> CulvertVariant.parse(text)).hasMessageContaining("expected NAME=TABLE.KEY=VALUE");
    }
}
