package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.ethernet.IpHeader;
import dev.culvert.offload.CoalesceRun.Written;
import dev.culvert.offload.FrameHeaders.Kind;
import dev.culvert.offload.SplitRun.Cut;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for any input whatever, for a fuzzer to try. Frames fill their buffers to the last byte, so that reading
 * or writing beyond them throws.
 */
final class FuzzTargets {
    static final int MAX_FRAME = 70_000;

    private FuzzTargets() {}

    /** Two bytes of what the path carries, a virtio header, a frame. Answers the verdict, or null for a shorter input. */
    static @Nullable SplitVerdict split(byte[] input) {
        if (input.length < 2 + VirtioNetHeader.BYTES) {
            return null;
        }
        int maxFrameBytes = ByteBuffer.wrap(input).getShort() & 0xffff;
        byte[] virtio = Arrays.copyOfRange(input, 2, 2 + VirtioNetHeader.BYTES);
        byte[] frame = Arrays.copyOfRange(input, 2 + VirtioNetHeader.BYTES, input.length);
        SplitRun run = SplitRun.of(new FrameSplitter(), virtio, frame, maxFrameBytes);
        switch (run.verdict()) {
            case MALFORMED, TOO_LONG -> assertThat(run.cuts()).isEmpty();
            case WHOLE ->
                assertThat(run.cuts())
                        .singleElement()
                        .extracting(cut -> cut.frame().length)
                        .isEqualTo(frame.length);
            case CUT -> assertSegments(frame, run.cuts(), maxFrameBytes);
        }
        return run.verdict();
    }

    /** The payload is there, in order and once, in frames of which the headers are right. */
    private static void assertSegments(byte[] whole, List<Cut> cuts, int maxFrameBytes) {
        FrameHeaders headers = headers(whole);
        int at = headers.payload();
        for (Cut cut : cuts) {
            byte[] frame = cut.frame();
            FrameHeaders its = headers(frame);
            assertThat(its.kind()).isEqualTo(headers.kind());
            assertThat(its.end()).isEqualTo(frame.length);
            assertThat(cut.checksumPartial()).isEqualTo(frame.length <= maxFrameBytes);
            assertThat(its.kind() == Kind.UDP || frame.length <= maxFrameBytes).isTrue();
            assertThat(!its.isV4() || Checksums.isIpv4HeaderRight(Unpooled.wrappedBuffer(frame), its.network()))
                    .isTrue();
            int to = at + its.payloadBytes();
            assertThat(Arrays.equals(frame, its.payload(), frame.length, whole, at, to))
                    .isTrue();
            at = to;
        }
        assertThat(at).isEqualTo(whole.length);
    }

    /**
     * A program: each instruction is two bytes and what they ask for, and makes the next frame of raw bytes or by changing
     * the one before. Answers how many frames were joined to others.
     */
    static int coalesce(byte[] program) {
        Map<String, List<String>> sent = new HashMap<>();
        Map<String, List<String>> arrived = new HashMap<>();
        int frames = 0;
        List<Written> written;
        try (CoalesceRun run = new CoalesceRun(true)) {
            ByteBuf input = Unpooled.wrappedBuffer(program);
            byte[] frame = {};
            while (input.readableBytes() >= 2 && frames < 300) {
                int operation = input.readUnsignedByte();
                int argument = input.readUnsignedByte();
                frame = next(frame, operation, argument, input);
                boolean partial = (operation & 0x80) == 0;
                // A runt never comes here: no payload of an Ethernet frame is that short (InnerPayload).
                if (frame.length >= EthernetHeader.LENGTH && run.add(frame, partial) == CoalesceVerdict.ACCEPTED) {
                    note(sent, frame, partial);
                    frames++;
                }
            }
            written = run.flush();
        }
        FrameSplitter splitter = new FrameSplitter();
        for (Written each : written) {
            for (Cut cut : SplitRun.of(splitter, each.virtio(), each.frame(), MAX_FRAME)
                    .cuts()) {
                note(arrived, cut.frame(), cut.checksumPartial());
            }
        }
        assertThat(arrived).isEqualTo(sent);
        return frames - written.size();
    }

    private static byte[] next(byte[] before, int operation, int argument, ByteBuf input) {
        byte[] frame = before.clone();
        switch (operation & 7) {
            case 0 -> {
                frame = new byte[Math.min(input.readableBytes(), argument)];
                input.readBytes(frame);
            }
            case 1 -> {
                if (argument < frame.length && input.isReadable()) {
                    frame[argument] ^= input.readByte();
                }
            }
            case 2 -> frame = Arrays.copyOf(frame, Math.max(0, frame.length - argument));
            case 3 -> frame = Arrays.copyOf(frame, Math.min(2_000, frame.length + argument));
            default -> follow(frame, argument);
        }
        return frame;
    }

    /** Gives the frame the headers of the one behind it. */
    private static void follow(byte[] frame, int argument) {
        FrameHeaders headers = headers(frame);
        if (headers.kind() != Kind.TCP && headers.kind() != Kind.UDP) {
            return;
        }
        ByteBuf buffer = Unpooled.wrappedBuffer(frame);
        if (headers.kind() == Kind.TCP) {
            int at = headers.transport() + TcpHeader.SEQUENCE;
            buffer.setInt(at, buffer.getInt(at) + headers.payloadBytes());
        }
        if (headers.isV4()) {
            int at = headers.network() + IpHeader.V4_IDENTIFICATION;
            buffer.setShort(at, buffer.getShort(at) + (argument == 0 ? 0 : 1));
            Checksums.writeIpv4Header(buffer, headers.network());
        }
    }

    /** Under its flow; what no flow has comes under one name. */
    private static void note(Map<String, List<String>> flows, byte[] frame, boolean partial) {
        FrameHeaders headers = headers(frame);
        ByteBuf buffer = Unpooled.wrappedBuffer(frame.clone());
        String flow = headers.kind().toString();
        if (headers.kind().hasChecksum()) {
            int addresses = headers.network() + (headers.isV4() ? IpHeader.V4_SOURCE : IpHeader.V6_SOURCE);
            flow += ByteBufUtil.hexDump(frame, addresses, headers.isV4() ? 8 : 32)
                    + ByteBufUtil.hexDump(frame, headers.transport(), 4);
            if (headers.isV4() && Checksums.isIpv4HeaderRight(buffer, headers.network())) {
                normalize(buffer, headers.network());
            }
            if (buffer.getShort(headers.checksumField()) == 0) { // the same number as 0xffff
                buffer.setShort(headers.checksumField(), -1);
            }
        }
        flows.computeIfAbsent(flow, _ -> new ArrayList<>()).add(partial + ByteBufUtil.hexDump(buffer.array()));
    }

    /** RFC 6864: of a packet that may not be fragmented the id means nothing, and may be another. */
    private static void normalize(ByteBuf buffer, int packet) {
        if ((buffer.getByte(packet + IpHeader.V4_FRAGMENT) & 0x40) != 0) {
            buffer.setShort(packet + IpHeader.V4_IDENTIFICATION, 0);
        }
        Checksums.writeIpv4Header(buffer, packet);
    }

    /** Payloads with a length byte in front, given to one reassembly. Answers how many frames were completed. */
    static int reassemble(byte[] input) {
        int maxFrameBytes = 600;
        ByteBuf payloads = Unpooled.wrappedBuffer(input);
        int used = 0;
        int dropped = 0;
        int all = 0;
        int completed = 0;
        try (Reassembly reassembly = new Reassembly(UnpooledByteBufAllocator.DEFAULT, maxFrameBytes)) {
            long now = Long.MAX_VALUE;
            while (payloads.isReadable()) {
                int length = Math.min(payloads.readUnsignedByte(), payloads.readableBytes());
                byte[] payload = new byte[length];
                payloads.readBytes(payload);
                int held = reassembly.heldFragments();
                now += length * 1_000_000L;
                FragmentVerdict verdict = Fragments.add(reassembly, payload, now);
                int givenUp = reassembly.takeGivenUpFragments();
                all++;
                dropped += givenUp;
                switch (verdict) {
                    case HELD -> {}
                    case COMPLETE -> {
                        completed++;
                        assertThat(reassembly.frameLength()).isBetween(EthernetHeader.LENGTH, maxFrameBytes);
                        assertThat(Fragments.completed(reassembly)).hasSize(reassembly.frameLength());
                        used += held + 1 - givenUp - reassembly.heldFragments();
                    }
                    case MALFORMED, DUPLICATE, INCONSISTENT -> dropped++;
                }
            }
            assertThat(used + dropped + reassembly.heldFragments()).isEqualTo(all);
        }
        return completed;
    }

    private static FrameHeaders headers(byte[] frame) {
        FrameHeaders headers = new FrameHeaders();
        headers.parse(Unpooled.wrappedBuffer(frame), 0, frame.length);
        return headers;
    }
}
