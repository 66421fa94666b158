package dev.culvert.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.wire.InnerPayload.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentHeaderTest {
    private static final int INDEX = 5;

    @ParameterizedTest
    @CsvSource({"0, false, 0x0102, 20000201", "255, true, 0xffff, 21ffffff", "7, true, 0, 21070000"})
    void readsWhatItWrites(int position, boolean isLast, int frameId, String bytes) {
        ByteBuf buffer = Unpooled.buffer(32);

        FragmentHeader.write(buffer, INDEX, position, isLast, frameId);

        assertThat(ByteBufUtil.hexDump(buffer, INDEX, FragmentHeader.BYTES)).isEqualTo(bytes);
        assertThat(FragmentHeader.isValid(buffer, INDEX, 5)).isTrue();
        assertThat(FragmentHeader.position(buffer, INDEX)).isEqualTo(position);
        assertThat(FragmentHeader.isLast(buffer, INDEX)).isEqualTo(isLast);
        assertThat(FragmentHeader.frameId(buffer, INDEX)).isEqualTo(frameId);
        assertThat(InnerPayload.kindOf(buffer, INDEX, 5)).isEqualTo(Kind.FRAGMENT);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0x20, 4, nothing behind the header",
        "0x20, 3, shorter than the header",
        "0x20, 0, empty",
        "0x22, 9, unknown flag",
        "0x28, 9, unknown flag",
        "0x30, 9, no fragment",
        "0xa0, 9, no fragment",
    })
    void refusesWhatIsNoFragment(int first, int payloadLength, String because) {
        ByteBuf buffer = Unpooled.buffer(32).setByte(INDEX, first);

        assertThat(FragmentHeader.isValid(buffer, INDEX, payloadLength))
                .as(because)
                .isFalse();
    }

    @Test
    void readsNothingBeyondThePayload() {
        assertThat(FragmentHeader.isValid(Unpooled.EMPTY_BUFFER, 0, 0)).isFalse();
    }
}
