package dev.culvert.offload;

/** {@link FuzzTargets} as Jazzer calls them: {@code scripts/fuzz}. */
public final class OffloadFuzzers {
    private OffloadFuzzers() {}

    public static final class Split {
        private Split() {}

        public static void fuzzerTestOneInput(byte[] input) {
            FuzzTargets.split(input);
        }
    }

    public static final class Coalesce {
        private Coalesce() {}

        public static void fuzzerTestOneInput(byte[] input) {
            FuzzTargets.coalesce(input);
        }
    }

    public static final class Reassemble {
        private Reassemble() {}

        public static void fuzzerTestOneInput(byte[] input) {
            FuzzTargets.reassemble(input);
        }
    }
}
