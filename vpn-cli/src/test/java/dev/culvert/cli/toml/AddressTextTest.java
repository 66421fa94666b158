package dev.culvert.cli.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "vpn.example.org:51820, vpn.example.org, 51820",
        "vpn:1, vpn, 1",
        "vpn.example.org.:65535, vpn.example.org., 65535",
        "192.0.2.1:51820, 192.0.2.1, 51820",
        "[2001:db8::1]:51820, 2001:db8::1, 51820",
        "[::1]:51820, ::1, 51820",
    })
    void takesAHostAndAPort(String text, String host, int port) throws BadValueException {
        assertThat(AddressText.remote(text).host()).isEqualTo(host);
        assertThat(AddressText.remote(text).port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1:51820", "0x7f.1:51820abc", "1.2.3:51820", "127.1:51820", "a..b:51820", "[]:51820", "[:51820"})
    void takesNoShortFormsOfAddresses(String text) {
        assertThatThrownBy(() -> AddressText.remote(text)).isInstanceOf(BadValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1/8", "10/8", "0.0.0.0/8 ", "1.2.3.4/+8", "1.2.3.4/08888", "fe80::1%lo/64", "::1/x"})
    void takesNoShortFormsOfPrefixes(String text) {
        assertThatThrownBy(() -> AddressText.prefix(text)).isInstanceOf(BadValueException.class);
    }
}
