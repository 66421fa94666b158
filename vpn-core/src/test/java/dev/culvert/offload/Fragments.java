package dev.culvert.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cutting and putting together with payloads as arrays. */
final class Fragments {
    private static final int INDEX = 21;

    private Fragments() {}

    /** What goes over the wire; empty when the frame makes too many. Each fragment is overwritten once it is taken. */
    static List<byte[]> cut(FragmentCutter cutter, byte[] frame, int maxPayloadBytes) {
        ByteBuf buffer = Unpooled.directBuffer().writeZero(INDEX).writeBytes(frame);
        List<byte[]> fragments = new ArrayList<>();
        try {
            if (cutter.tryBegin(buffer, INDEX, frame.length, maxPayloadBytes)) {
                while (cutter.next()) {
                    byte[] fragment = ByteBufUtil.getBytes(buffer, cutter.fragmentIndex(), cutter.fragmentLength());
                    buffer.setZero(cutter.fragmentIndex(), fragment.length);
                    fragments.add(fragment);
                }
            }
            return fragments;
        } finally {
            buffer.release();
        }
    }

    static FragmentVerdict add(Reassembly reassembly, byte[] fragment, long nowNanos) {
        byte[] datagram = new byte[INDEX + fragment.length];
        System.arraycopy(fragment, 0, datagram, INDEX, fragment.length);
        return reassembly.add(Unpooled.wrappedBuffer(datagram), INDEX, fragment.length, nowNanos);
    }

    static byte[] completed(Reassembly reassembly) {
        return ByteBufUtil.getBytes(reassembly.frameBuffer(), Reassembly.ROOM_BYTES, reassembly.frameLength());
    }

    static byte[] fragment(int frameId, int position, boolean isLast, byte... bytes) {
        byte[] fragment = Arrays.copyOf(
                new byte[] {(byte) (isLast ? 0x21 : 0x20), (byte) position, (byte) frameId, (byte) (frameId >> 8)},
                4 + bytes.length);
        System.arraycopy(bytes, 0, fragment, 4, bytes.length);
        return fragment;
    }
}
