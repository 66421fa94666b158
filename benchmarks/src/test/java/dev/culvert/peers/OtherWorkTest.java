package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OtherWorkTest {
    @Test
    void readsWhatEndedChildrenTook() {
        // utime 1, stime 2, cutime 150, cstime 50: proc_pid_stat(5)
        assertThat(OtherWork.childrenSeconds(
                        "42 (a) (name) S 1 42 42 0 -1 4194560 9 9 9 9 1 2 150 50 20 0 1 0 7 0 0\n"))
                .isEqualTo(2);
    }

    @Test
    void warnsOfCompany() {
        assertThat(OtherWork.warnings(4)).isEmpty();
        assertThat(OtherWork.warnings(31)).singleElement().asString().contains("31 %");
    }
}
