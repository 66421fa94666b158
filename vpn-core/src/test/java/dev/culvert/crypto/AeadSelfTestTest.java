package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AeadSelfTestTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void finds(FaultyAead.Fault fault) {
        assertThat(AeadSelfTest.faultOf(FaultyAead.engine(fault)))
                .hasValueSatisfying(words -> assertThat(words).startsWith(fault.words));
    }

    @Test
    void findsNothingInTheSameCipherWithoutAFault() {
        assertThat(AeadSelfTest.faultOf(FaultyAead.engine(FaultyAead.Fault.NONE)))
                .isEmpty();
    }
}
