package dev.culvert.it.tap;

import dev.culvert.bench.contest.Subject;
import java.util.List;

/** The devices of two tunnels, to send traffic between. */
record BetweenDevices(String firstAddress, String secondAddress) implements Subject {
    @Override
    public String name() {
        return "tunnel";
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of();
    }

    @Override
    public int mtu() {
        return 0;
    }
}
