package dev.culvert.offload;

/** Where {@link FrameCoalescer} delivers: the device. */
@FunctionalInterface
public interface FrameSink {
    /** Borrows the frame, which is reused afterwards. */
    void write(GatheredFrame frame);
}
