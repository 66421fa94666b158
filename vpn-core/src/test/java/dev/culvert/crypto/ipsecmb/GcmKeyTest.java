package dev.culvert.crypto.ipsecmb;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class GcmKeyTest {
    private static final Set<String> ANY_PROCESSOR = Set.of("sse4_2", "cmov", "aes", "pclmulqdq");
    private static final int LENGTH = 100;

    private final GcmKey key = key();

    private static GcmKey key() {
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        try {
            return LibIpsecMb.load(LibIpsecMb.LIBRARIES, ANY_PROCESSOR).key(bytes);
        } catch (IpsecMbException e) {
            return Assumptions.abort("no libIPSec_MB: " + e.getMessage());
        }
    }

    @Test
    void leavesNothingWhenClosed() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(LENGTH + GcmKey.TAG_BYTES);
            key.seal(1, message.address(), LENGTH, message.address());
            assertThat(key.open(1, message.address(), LENGTH, message.address()))
                    .isTrue();
        }
        assertThat(key.memory.toArray(ValueLayout.JAVA_BYTE)).isNotEqualTo(new byte[(int) key.memory.byteSize()]);

        key.close();

        assertThat(key.memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(new byte[(int) key.memory.byteSize()]);
    }

    @Test
    void theLibraryStaysWithinHalfOfWhatIsReservedForIt() {
        long half = 2048; // of the key data; what comes behind is ours
        assertThat(key.memory.asSlice(half, half).toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(new byte[(int) half]);
        key.close();
    }

    @Test
    void keyDataIsAlignedAsTheLibraryWants() {
        assertThat(key.memory.address() % 64).isZero();
        key.close();
    }
}
