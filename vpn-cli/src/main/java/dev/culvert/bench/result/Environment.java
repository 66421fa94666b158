package dev.culvert.bench.result;

import java.util.Map;

/**
 * Where and how a run was made: two runs can be compared only when these are the same.
 *
 * @param facts what else matters, by its name for people: MTUs, offload states, engines; in the order to be shown
 */
public record Environment(
        String culvert, String kernel, String cpu, int cores, String jdk, Map<String, String> facts) {}
