package dev.culvert.cli;

import dev.culvert.bench.crossing.CrossingBench;
import dev.culvert.bench.crossing.CrossingSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code culvert bench crossing}. */
@Command(
        name = "crossing",
        description = {
            "Measure what it costs to carry a frame between user space and the kernel, each way alone.",
            "System calls, copies, TAP reads and writes, UDP, batches, super-frames, zero copy: each by the size of the"
                    + " frame, as a fixed cost and a cost per byte. Takes less than three minutes and needs root.",
        })
final class BenchCrossingCommand implements Callable<Integer> {
    private static final int LEAST_ROUNDS = 2; // one says nothing about its error
    private static final int MOST_ROUNDS = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOutput output;

    @Option(names = "--quick", description = "Fewer sizes and less time for each: about 30 seconds.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measure everything N times; ${DEFAULT-VALUE} when left out.")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        OptionLimits.check(spec, "--rounds", rounds, LEAST_ROUNDS, MOST_ROUNDS);
        output.check();
        return output.deliver(new CrossingBench(new CrossingSettings(rounds, quick), output.progress()).run());
    }
}
