package dev.culvert.bench.machine;

import java.io.IOException;

/**
 * How much of the processors' time the hypervisor gave to other machines since this meter was started. Whatever was
 * measured meanwhile had so much less; where it is much, figures say more about the neighbours than about the subject.
 */
public final class StealMeter {
    private final MachineTime began;

    private StealMeter(MachineTime began) {
        this.began = began;
    }

    public static StealMeter start() throws IOException {
        return new StealMeter(MachineTime.now());
    }

    /** Of all processors' time, idle included; 10 ms grained, so over half a second and more. */
    public double percent() throws IOException {
        return MachineTime.now().since(began).stolenPercent();
    }
}
