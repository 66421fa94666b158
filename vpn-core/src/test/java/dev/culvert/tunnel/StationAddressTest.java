package dev.culvert.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.config.InterfaceConfig;
import dev.culvert.config.OffloadConfig;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.MacAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class StationAddressTest {
    private final PrivateKey key = PrivateKey.generate(Randomness.system());

    @Test
    void isTheSameAgainForTheSameKeyAndName() {
        assertThat(StationAddress.of(device("vpn0", key))).isEqualTo(StationAddress.of(device("vpn0", key)));
    }

    @Test
    void differsByNameAndByKey() {
        PrivateKey otherKey = PrivateKey.generate(Randomness.system());
        assertThat(StationAddress.of(device("vpn0", key)))
                .isNotEqualTo(StationAddress.of(device("vpn1", key)))
                .isNotEqualTo(StationAddress.of(device("vpn0", otherKey)));
    }

    @RepeatedTest(16)
    void isALocallyAdministeredAddressOfOneStation() {
        MacAddress address = StationAddress.of(device("vpn0", key));
        assertThat(address.isUnicast()).isTrue();
        assertThat(address.toString()).matches(".[26ae]:.*");
    }

    private static InterfaceConfig device(String name, PrivateKey key) {
        return new InterfaceConfig(
                name,
                TapMode.TAP,
                key,
                new InetSocketAddress(0),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                1,
                1000,
                false,
                OffloadConfig.ALL);
    }
}
