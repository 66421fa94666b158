package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WarningsTest {
    @Test
    void warnsOfCompany() {
        assertThat(Warnings.ofForeignLoad(4)).isEmpty();
        assertThat(Warnings.ofForeignLoad(31)).singleElement().asString().contains("31 %");
    }
}
