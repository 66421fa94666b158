package dev.culvert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.LeakPresenceDetector;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void noticesABufferThatWasNotReleased() {
        ByteBuf forgotten = PooledByteBufAllocator.DEFAULT.directBuffer(16);

        assertThatThrownBy(LeakPresenceDetector::check).isInstanceOf(IllegalStateException.class);

        // Released only now would count as a second fault: what was reported once stays lost, 16 bytes of it.
        assertThat(forgotten.refCnt()).isEqualTo(1);
    }
}
