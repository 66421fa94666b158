package dev.culvert.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class TransportMessageTest {
    @Test
    void writesLittleEndianFieldsWhereTheWhitePaperPutsThem() {
        ByteBuf buffer = Unpooled.buffer().writeZero(20);

        TransportMessage.writeHeader(buffer, 4, 0x11223344, 0x8877665544332211L);

        assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("00000000" + "04000000" + "44332211" + "1122334455667788");
        assertThat(TransportMessage.receiverIndex(buffer, 4)).isEqualTo(0x11223344);
        assertThat(TransportMessage.counter(buffer, 4)).isEqualTo(0x8877665544332211L);
        assertThat(buffer.readerIndex()).isZero();
        assertThat(buffer.writerIndex()).isEqualTo(20);
    }
}
