package dev.culvert.bench.loopback;

/**
 * What a {@link CarrierMain} is told on its command line.
 *
 * @param device to make
 * @param address of the device
 * @param local UDP address, on the cable
 * @param port of UDP, on both ends
 * @param seal of each frame
 * @param first which of the two ends this is
 */
record CarrierEnd(
        String device, String address, int mtu, String local, String remote, int port, Seal seal, boolean first) {
    /** A cipher and the engine that runs it. */
    record Seal(String cipher, String engine) {
        static final Seal NONE = new Seal("-", "-");

        /** As status names them, which {@link dev.culvert.crypto.AeadEngines#named} takes. */
        String text() {
            return cipher + " by " + engine;
        }
    }

    String[] words() {
        return new String[] {
            device,
            address,
            Integer.toString(mtu),
            local,
            remote,
            Integer.toString(port),
            seal.cipher,
            seal.engine,
            Boolean.toString(first)
        };
    }

    static CarrierEnd of(String[] words) {
        return new CarrierEnd(
                words[0],
                words[1],
                Integer.parseInt(words[2]),
                words[3],
                words[4],
                Integer.parseInt(words[5]),
                new Seal(words[6], words[7]),
                Boolean.parseBoolean(words[8]));
    }
}
