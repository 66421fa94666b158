package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.Uring;
import java.util.ArrayList;
import java.util.List;

/** The io_urings of a run. */
final class Rings implements AutoCloseable {
    private final List<Uring> open = new ArrayList<>();

    Uring open(int entries) throws KernelException {
        Uring ring = new Uring(entries);
        open.add(ring);
        return ring;
    }

    @Override
    public void close() {
        open.forEach(Uring::close);
    }
}
