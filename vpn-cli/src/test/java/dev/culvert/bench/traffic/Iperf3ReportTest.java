package dev.culvert.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.lab.LabException;
import org.junit.jupiter.api.Test;

final class Iperf3ReportTest {
    @Test
    void findsWhatArrivedOfTcp() throws LabException {
        Iperf3Report report = Iperf3Report.parse("""
                {"start": {"version": "iperf 3.12"}, "end": {"streams": [],
                 "sum_sent": {"seconds": 1.1, "bytes": 4031512576, "retransmits": 835},
                 "sum_received": {"start": 0, "seconds": 1.5, "bytes": 4030725392, "bits_per_second": 3.2e10}}}
                """);
        assertThat(report.received()).isEqualTo(new Iperf3Report.Sum(1.5, 4_030_725_392L, 0, 0));
    }

    @Test
    void findsWhatWasLostOfUdp() throws LabException {
        Iperf3Report report = Iperf3Report.parse(
                "{\"end\": {\"sum\": {\"seconds\": 1, \"bytes\": 640, \"packets\": 10, \"lost_packets\": 3}}}");
        assertThat(report.sum()).isEqualTo(new Iperf3Report.Sum(1, 640, 10, 3));
    }

    @Test
    void saysWhatIperf3Complains() {
        assertThatThrownBy(() -> Iperf3Report.parse("{\"end\": {}, \"error\": \"unable to connect to server\"}")
                        .received())
                .isInstanceOf(LabException.class)
                .hasMessage("iperf3: unable to connect to server");
        assertThatThrownBy(() -> Iperf3Report.parse("{\"end\": {}}").sum())
                .hasMessage("iperf3: its report has no sums");
        assertThatThrownBy(() -> Iperf3Report.parse("killed")).hasMessageContaining("no report: killed");
    }
}
