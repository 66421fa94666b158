package dev.culvert.bench.crossing;

import java.util.List;

/** Of what is carried, bytes. The ends and the everyday frame are in every list, so that runs can be compared. */
record Sizes(List<Integer> frames, List<Integer> batched, List<Integer> segments) {
    static final int SMALLEST = 60; // an Ethernet frame without its checksum
    static final int EVERYDAY = 1514; // an MTU of 1500
    static final int LARGEST = 65_000;
    /** Of UDP in an everyday frame. */
    static final int SEGMENT_BYTES = EVERYDAY - TestFrame.HEADER_BYTES;

    /** More than any of these. */
    static final int ROOM_BYTES = 1 << 17;

    static final Sizes ALL = new Sizes(
            List.of(SMALLEST, 300, EVERYDAY, 4000, 9000, 20_000, 40_000, LARGEST),
            List.of(SMALLEST, 300, EVERYDAY, 4000, 9000),
            List.of(1, 4, 11, 22, 33, 44));
    static final Sizes FEW = new Sizes(
            List.of(SMALLEST, EVERYDAY, 9000, 30_000, LARGEST),
            List.of(SMALLEST, EVERYDAY, 4000, 9000),
            List.of(1, 4, 11, 44));

    private static final int WARM_BYTES = 256 * 1024;
    private static final int MOST_FRAMES = 64;
    private static final int LEAST_FRAMES = 4;

    List<Integer> superFrames() {
        return segments.stream()
                .map(count -> TestFrame.HEADER_BYTES + count * SEGMENT_BYTES)
                .toList();
    }

    List<Integer> superDatagrams() {
        return segments.stream().map(count -> count * SEGMENT_BYTES).toList();
    }

    /** Those of which a batch holds what one crossing is to carry. */
    List<Integer> batched(int perCall) {
        return batched.stream().filter(bytes -> batch(bytes) >= perCall).toList();
    }

    /** How many frames make a batch: enough work to time, and no more bytes in flight than a core's own cache has. */
    static int batch(int bytes) {
        return Math.clamp(WARM_BYTES / bytes, LEAST_FRAMES, MOST_FRAMES);
    }

    /** The same in full crossings, so that it is as warm as with one frame a crossing. */
    static int batch(int bytes, int perCall) {
        return batch(bytes) / perCall * perCall;
    }
}
