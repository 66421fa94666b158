package dev.culvert.tunnel;

import dev.culvert.metrics.CounterId;
import dev.culvert.session.Session;
import dev.culvert.wire.ControlMessage;
import dev.culvert.wire.HelloMessage;
import io.netty.buffer.ByteBuf;

/**
 * Where control messages leave the lane: those of a known kind are read and handed to the control loop, as many as
 * {@link ControlAllowance} lets through. Confined to its lane; borrows buffers.
 */
final class ControlIntake {
    private final TunnelCommands commands;

    ControlIntake(TunnelCommands commands) {
        this.commands = commands;
    }

    /** Takes an opened payload of {@code from}, which came in {@code session}. */
    CounterId take(LanePeer from, Session session, ByteBuf buffer, int index, int length, long nowNanos) {
        return switch (ControlMessage.kindOf(buffer, index, length)) {
            case HELLO, HELLO_ANSWER -> {
                if (!from.controlAllowance.tryTake(nowNanos)) {
                    yield CounterId.CONTROL_RATE_LIMITED;
                }
                commands.hello(from.path, session, HelloMessage.of(buffer, index));
                yield CounterId.CONTROL_RECEIVED;
            }
            case UNKNOWN -> CounterId.CONTROL_UNKNOWN;
            case MALFORMED -> CounterId.PAYLOAD_MALFORMED;
        };
    }
}
