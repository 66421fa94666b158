package dev.culvert.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.Frames;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class EthernetHeaderTest {
    private static final int INDEX = 3; // frames seldom begin at the beginning of their buffer
    private static final byte[] PLAIN =
            Frames.ethernet("02:00:00:00:00:0a", "02:00:00:00:00:0b", EthernetHeader.TYPE_ARP, new byte[0]);

    @Test
    void readsAddressesAndType() {
        ByteBuf frame = Frames.bufferAt(INDEX, PLAIN);
        try {
            assertThat(EthernetHeader.destination(frame, INDEX)).isEqualTo(0x0200_0000_000aL);
            assertThat(EthernetHeader.source(frame, INDEX)).isEqualTo(0x0200_0000_000bL);
            assertThat(EthernetHeader.type(frame, INDEX)).isEqualTo(EthernetHeader.TYPE_ARP);
        } finally {
            frame.release();
        }
    }

    @Test
    void looksThroughVlanTagsToThePayload() {
        byte[] tagged = Frames.serviceVlan(100, Frames.vlan(7, PLAIN));
        ByteBuf frame = Frames.bufferAt(INDEX, tagged);
        try {
            int headerBytes = EthernetHeader.bytes(frame, INDEX, tagged.length);

            assertThat(headerBytes).isEqualTo(EthernetHeader.LENGTH + 2 * EthernetHeader.VLAN_TAG_BYTES);
            assertThat(EthernetHeader.type(frame, INDEX)).isEqualTo(EthernetHeader.TYPE_SERVICE_VLAN);
            assertThat(EthernetHeader.payloadType(frame, INDEX, headerBytes)).isEqualTo(EthernetHeader.TYPE_ARP);
        } finally {
            frame.release();
        }
    }

    @Test
    void headerThatIsCutOffIsTruncated() {
        byte[] tagged = Frames.vlan(7, PLAIN);
        ByteBuf frame = Frames.bufferAt(INDEX, tagged);
        try {
            for (int length = 0; length < tagged.length; length++) {
                assertThat(EthernetHeader.bytes(frame, INDEX, length)).isEqualTo(EthernetHeader.TRUNCATED);
            }
        } finally {
            frame.release();
        }
    }

    @Test
    void stopsLookingAfterTheDeepestTag() {
        byte[] tagged = PLAIN;
        for (int tags = 0; tags <= EthernetHeader.MAX_VLAN_TAGS; tags++) {
            tagged = Frames.vlan(tags, tagged);
        }
        ByteBuf frame = Frames.bufferAt(INDEX, tagged);
        try {
            int headerBytes = EthernetHeader.bytes(frame, INDEX, tagged.length);

            assertThat(headerBytes)
                    .isEqualTo(EthernetHeader.LENGTH + EthernetHeader.MAX_VLAN_TAGS * EthernetHeader.VLAN_TAG_BYTES);
            assertThat(EthernetHeader.payloadType(frame, INDEX, headerBytes)).isEqualTo(EthernetHeader.TYPE_VLAN);
        } finally {
            frame.release();
        }
    }
}
