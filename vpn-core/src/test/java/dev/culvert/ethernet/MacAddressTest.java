package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @Test
    void firstByteOnTheWireIsTheHighest() {
        assertThat(MacAddress.parse("02:00:5e:10:00:01").bits()).isEqualTo(0x0200_5e10_0001L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00:00:00:00:00", "02:00:5e:10:00:01", "ff:ff:ff:ff:ff:ff"})
    void printsAsItIsParsed(String text) {
        assertThat(MacAddress.parse(text)).hasToString(text);
    }

    @Test
    void takesUpperCase() {
        assertThat(MacAddress.parse("AA:bb:CC:dd:EE:0f")).isEqualTo(MacAddress.parse("aa:bb:cc:dd:ee:0f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02-00-5e-10-00-01", "02:00:5e:10:00", "2:0:5e:10:0:1", "02:00:5e:10:00:0g", "x"})
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MacAddress.parse(text))
                .withMessage("expected a MAC address such as 02:00:5e:10:00:01, found \"" + text + "\"");
    }

    @Test
    void moreThan48BitsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(MacAddress.BROADCAST_BITS + 1));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "02:00:00:00:00:01, true,  locally administered",
        "00:1b:21:00:00:01, true,  of a manufacturer",
        "00:00:00:00:00:00, false, no address at all",
        "01:80:c2:00:00:00, false, a group",
        "33:33:00:00:00:01, false, IPv6 multicast",
        "ff:ff:ff:ff:ff:ff, false, broadcast is the group of all",
    })
    void unicastIsWhatAStationMayHave(String text, boolean unicast, String because) {
        assertThat(MacAddress.parse(text).isUnicast()).as(because).isEqualTo(unicast);
    }
}
