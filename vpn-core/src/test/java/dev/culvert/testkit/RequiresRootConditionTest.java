package dev.culvert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequiresRootConditionTest {
    private static final Optional<String> MISSING = Optional.of("this is not root");

    @Test
    void runsWhenNothingIsMissing() {
        assertThat(RequiresRootCondition.decide(Optional.empty(), true).isDisabled())
                .isFalse();
        assertThat(RequiresRootCondition.decide(Optional.empty(), false).isDisabled())
                .isFalse();
    }

    @Test
    void skipsWithTheReason() {
        var result = RequiresRootCondition.decide(MISSING, false);

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).isEqualTo(MISSING);
    }

    @Test
    void failsWhereRootIsRequired() {
        assertThatThrownBy(() -> RequiresRootCondition.decide(MISSING, true)).hasMessageContaining("this is not root");
    }
}
