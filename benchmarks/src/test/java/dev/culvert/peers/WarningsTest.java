package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WarningsTest {
    @Test
    void warnsOfCompany() {
        assertThat(Warnings.ofForeignLoad(List.of(4.0, 6.0))).isEmpty();
        assertThat(Warnings.ofForeignLoad(List.of(4.0, 31.0, 5.0)))
                .singleElement()
                .asString()
                .contains("31 %");
    }
}
