package dev.culvert.bench.traffic;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.culvert.cli.control.Json;
import dev.culvert.lab.LabException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What of {@code iperf3 -J} is of interest; absent where a version or a protocol does not say it. */
record Iperf3Report(@Nullable String error, @Nullable End end) {
    record End(
            @Nullable Sum sum,
            @JsonProperty("sum_received") @Nullable Sum received) {}

    /**
     * @param packets that were sent, as far as the receiver could see
     * @param lost of those
     */
    record Sum(
            double seconds,
            long bytes,
            long packets,
            @JsonProperty("lost_packets") long lost) {}

    static Iperf3Report parse(String json) throws LabException {
        try {
            return Json.read(json, Iperf3Report.class);
        } catch (IOException e) {
            throw new LabException("iperf3 printed no report: " + json.strip(), e);
        }
    }

    Sum received() throws LabException {
        return found(end == null ? null : end.received);
    }

    /** Of both directions; for UDP, where it has the losses. */
    Sum sum() throws LabException {
        return found(end == null ? null : end.sum);
    }

    private Sum found(@Nullable Sum sum) throws LabException {
        if (error != null || sum == null) {
            throw new LabException("iperf3: " + (error == null ? "its report has no sums" : error));
        }
        return sum;
    }
}
