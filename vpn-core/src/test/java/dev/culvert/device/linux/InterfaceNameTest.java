package dev.culvert.device.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"culvert0", "a", "fifteen-bytes.x", "käse", "tap@1"})
    void takesWhatTheKernelTakes(String name) {
        assertThat(InterfaceName.fault(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sixteen-bytes-xx",
                "käsekäsekäsek",
                ".",
                "..",
                "all",
                "default",
                "a b",
                "a/b",
                "a:b",
                "tap%d"
            })
    void refusesWhatTheKernelRefusesOrReplaces(String name) {
        assertThat(InterfaceName.fault(name)).isPresent();
    }
}
