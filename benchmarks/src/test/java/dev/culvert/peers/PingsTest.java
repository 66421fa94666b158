package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PingsTest {
    @Test
    void readsTheTimesThatPingTells() {
        assertThat(Pings.times("""
                PING 10.96.1.2 (10.96.1.2) 56(84) bytes of data.
                64 bytes from 10.96.1.2: icmp_seq=1 ttl=64 time=0.087 ms
                64 bytes from 10.96.1.2: icmp_seq=3 ttl=64 time=12.5 ms
                no answer yet for icmp_seq=4

                --- 10.96.1.2 ping statistics ---
                4 packets transmitted, 2 received, 50% packet loss, time 12ms
                rtt min/avg/max/mdev = 0.087/6.293/12.500/6.206 ms
                """)).containsExactly(87.0, 12_500.0);
    }

    @Test
    void aPercentileIsTheSmallestThatSoManyAreNotAbove() {
        List<Double> sorted =
                IntStream.rangeClosed(1, 200).mapToObj(Double::valueOf).toList();
        assertThat(Pings.percentile(sorted, 50)).isEqualTo(100);
        assertThat(Pings.percentile(sorted, 99)).isEqualTo(198);
        assertThat(Pings.percentile(sorted, 100)).isEqualTo(200);
        assertThat(Pings.percentile(List.of(7.0), 50)).isEqualTo(7);
    }
}
