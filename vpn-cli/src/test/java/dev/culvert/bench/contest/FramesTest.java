package dev.culvert.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FramesTest {
    @Test
    void aTcpFrameCarriesWhatTheMtuLeavesAfterHeadersAndTimestamps() {
        Workload tcp = new Workload.TcpStreams(4, true);
        assertThat(Frames.of(tcp, Carried.ofTcp(1, 1448 * 10), 1500)).isEqualTo(10.0);
    }

    @ParameterizedTest(name = "{0} bytes, MTU {1}: {2}, {3}")
    @CsvSource({
        "64,   1500, 1, far below",
        "1472, 1500, 1, just fits",
        "1473, 1500, 2, one byte too many",
        "1400, 1420, 2, the second holds 12 bytes",
        "2952, 1500, 2, two full ones of 1480",
        "2953, 1500, 3, and one byte more",
    })
    void aDatagramThatDoesNotFitIsSeveralFrames(int payload, int mtu, int frames, String because) {
        Carried seven = new Carried(1, 7L * payload, 9, 7, Optional.empty());
        assertThat(Frames.of(new Workload.UdpRate(payload, 0), seven, mtu))
                .as(because)
                .isEqualTo(7.0 * frames);
        assertThat(Frames.of(new Workload.RequestResponse(payload), seven, mtu))
                .as(because)
                .isEqualTo(14.0 * frames);
    }
}
