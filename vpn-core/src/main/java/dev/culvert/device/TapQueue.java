package dev.culvert.device;

import dev.culvert.offload.GatheredFrame;
import dev.culvert.offload.VirtioNetHeader;
import io.netty.buffer.ByteBuf;

/**
 * One queue of a TAP or TUN: a frame a call, never blocking. Confined to the thread of its lane. Borrows every buffer it
 * is given; buffers are direct. On a device with a virtio header ({@link TapDevice#offloads}) a frame here is those
 * {@link VirtioNetHeader#BYTES} bytes and the frame behind them, which may be a super-frame of up to 64 KB;
 * lengths count both.
 */
public interface TapQueue {
    /**
     * Reads one frame into {@code target} at its writer index, which moves behind the frame. At most
     * {@code target.writableBytes()} bytes; the kernel cuts off what does not fit.
     *
     * @return bytes read, or 0 when no frame waits
     * @throws TapException when the device is gone or broken
     */
    int read(ByteBuf target) throws TapException;

    /**
     * Writes the {@code length} bytes at {@code index} as one frame; the indices of {@code frame} do not move.
     *
     * @return false when the kernel refused this frame (no room, or not a frame it takes): the caller counts a drop
     * @throws TapException when the device is gone or broken
     */
    boolean write(ByteBuf frame, int index, int length) throws TapException;

    /**
     * Writes one frame that lies in pieces, in their order, by one call. Memory of the pieces is the caller's, and stays
     * until this returns.
     *
     * @return as {@link #write(ByteBuf, int, int)}
     * @throws TapException when the device is gone or broken
     */
    boolean write(GatheredFrame frame) throws TapException;

    /** To wait on with epoll or poll; stays owned by the device. Negative for a queue that has none (a fake). */
    int fileDescriptor();
}
