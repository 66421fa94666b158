package dev.culvert.bench.loopback;

/**
 * The addresses of one subject: a network of its own, so that all can be up at once.
 *
 * @param device on both hosts
 * @param number of the network: 10.64.NUMBER.0/24
 */
record Net(String device, int number) {
    String first() {
        return "10.64.%d.1".formatted(number);
    }

    String second() {
        return "10.64.%d.2".formatted(number);
    }

    static String prefix(String address) {
        return address + "/24";
    }
}
