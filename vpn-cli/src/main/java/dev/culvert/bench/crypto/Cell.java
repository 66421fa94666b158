package dev.culvert.bench.crypto;

import dev.culvert.crypto.Aead;
import dev.culvert.crypto.AeadEngine;
import dev.culvert.crypto.SecretBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;

/**
 * One engine, one operation, one size: everything one figure is about. From direct buffer to direct buffer, as the
 * tunnel does it. Confined to the measuring thread.
 */
final class Cell implements AutoCloseable {
    /** Timing a batch costs about as much as a packet: among so many it is lost. */
    private static final int FIRST_BATCH = 100;

    private final AeadEngine engine;
    private final Operation operation;
    private final int bytes;
    private final Aead aead;
    private final ByteBuf plain;
    private final ByteBuf sealed;
    private final ByteBuf target;
    private long counter;
    private long batch = FIRST_BATCH;

    Cell(AeadEngine engine, Operation operation, int bytes) {
        this.engine = engine;
        this.operation = operation;
        this.bytes = bytes;
        int capacity = bytes + Aead.TAG_BYTES;
        plain = Unpooled.directBuffer(capacity, capacity);
        sealed = Unpooled.directBuffer(capacity, capacity);
        target = Unpooled.directBuffer(capacity, capacity);
        try (SecretBytes key = SecretBytes.owning(new byte[Aead.KEY_BYTES])) {
            aead = engine.keyed(key);
        }
        aead.seal(counter, plain, 0, bytes, sealed, 0);
    }

    Operation operation() {
        return operation;
    }

    int bytes() {
        return bytes;
    }

    /** Processes packets for about that long. */
    Cost run(Duration slice) {
        Cost cost = Cost.of(batch, this::process);
        batch = Math.clamp(Math.round(slice.toNanos() / cost.nanos()), FIRST_BATCH, Integer.MAX_VALUE);
        return cost;
    }

    private void process(long packets) {
        switch (operation) {
            case SEAL -> sealMany(packets);
            case OPEN -> openMany(packets);
        }
    }

    private void sealMany(long packets) {
        for (long i = 0; i < packets; i++) {
            aead.seal(++counter, plain, 0, bytes, target, 0);
        }
    }

    /** Always the same packet: nothing below the session minds. */
    private void openMany(long packets) {
        for (long i = 0; i < packets; i++) {
            if (!aead.open(0, sealed, 0, bytes + Aead.TAG_BYTES, target, 0)) {
                throw new IllegalStateException(engine.name() + " does not open what it sealed");
            }
        }
    }

    @Override
    public void close() {
        aead.close();
        plain.release();
        sealed.release();
        target.release();
    }
}
