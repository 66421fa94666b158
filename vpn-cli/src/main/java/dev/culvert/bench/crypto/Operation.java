package dev.culvert.bench.crypto;

/** What is done with a packet. */
enum Operation {
    SEAL("seal"),
    OPEN("open");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
