package dev.culvert.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The counters of one thread. Only that thread increments; any thread may read, and sees values a moment old. */
public final class Counters {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SIZE = CounterId.values().length;

    private final long[] cells = new long[SIZE];

    public void increment(CounterId id) {
        add(id, 1);
    }

    public void add(CounterId id, long count) {
        int cell = id.ordinal();
        CELL.setOpaque(cells, cell, cells[cell] + count); // one writer: no atomic needed, only no tearing
    }

    public long get(CounterId id) {
        return (long) CELL.getOpaque(cells, id.ordinal());
    }

    void addTo(long[] sums) {
        for (int i = 0; i < SIZE; i++) {
            sums[i] += (long) CELL.getOpaque(cells, i);
        }
    }

    static int size() {
        return SIZE;
    }
}
