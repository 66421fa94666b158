package dev.culvert.offload;

/** Where {@link FrameCoalescer} delivers: the device. */
@FunctionalInterface
public interface FrameSink {
    /** Borrows the frame, which is reused afterwards. A frame that the device refuses is dropped and counted, not thrown. */
    void write(GatheredFrame frame);
}
