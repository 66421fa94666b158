package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuFlagsTest {
    @Test
    void readsTheFirstProcessorOfAnX86() {
        assertThat(CpuFlags.parse(List.of(
                        "processor\t: 0", "bugs\t\t: aes", "flags\t\t: fpu aes  vaes ", "flags\t\t: fpu avx512f")))
                .containsExactlyInAnyOrder("fpu", "aes", "vaes");
    }

    @Test
    void readsAnArm() {
        assertThat(CpuFlags.parse(List.of("BogoMIPS\t: 243.75", "Features\t: fp asimd aes pmull")))
                .containsExactlyInAnyOrder("fp", "asimd", "aes", "pmull");
    }

    @Test
    void knowsNothingWhereNothingIsSaid() {
        assertThat(CpuFlags.parse(List.of("processor\t: 0", "no colon"))).isEmpty();
    }
}
