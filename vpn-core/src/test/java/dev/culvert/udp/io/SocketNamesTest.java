package dev.culvert.udp.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketNamesTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(Messages.NAME_BYTES, Long.BYTES);

    @ParameterizedTest(name = "{0} on an IPv6 socket: {1}")
    @CsvSource({
        "192.0.2.7, true, 0a00c82d0000000000000000000000000000ffffc000020700000000, 28",
        "192.0.2.7, false, 0200c82dc00002070000000000000000, 16",
        "2001:db8::1, true, 0a00c82d0000000020010db800000000000000000000000100000000, 28"
    })
    void areWrittenAsTheKernelHasThemAndReadBack(String host, boolean ipv6, String bytes, int length) {
        SocketNames names = new SocketNames(ipv6);
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(host), 51_245);
        for (int i = 0; i < 2; i++) { // the second time from what is remembered
            memory.fill((byte) 0x55);
            assertThat(names.write(address, memory, 0)).isEqualTo(length);
            assertThat(HexFormat.of().formatHex(memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)))
                    .isEqualTo(bytes);
            assertThat(names.read(memory, 0, length)).isEqualTo(address);
        }
    }

    @Test
    void readsTheSameObjectAgainAndAnotherPortAsAnother() {
        SocketNames names = new SocketNames(false);
        names.write(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 1), memory, 0);
        InetSocketAddress once = names.read(memory, 0, 16);
        assertThat(names.read(memory, 0, 16)).isSameAs(once);

        names.write(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 2), memory, 0);
        assertThat(names.read(memory, 0, 16).getPort()).isEqualTo(2);
    }

    @Test
    void whatALongerNameLeftBehindDoesNotMakeAnother() {
        SocketNames names = new SocketNames(false);
        memory.fill((byte) 0x55);
        names.write(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 1), memory, 0);
        InetSocketAddress once = names.read(memory, 0, 16);
        memory.asSlice(16).fill((byte) 0x66);
        assertThat(names.read(memory, 0, 16)).isSameAs(once);
    }

    @Test
    void theSameAddressOnTwoLinksIsTwo() throws Exception {
        SocketNames names = new SocketNames(true);
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        for (int link : new int[] {2, 3, 2}) {
            names.write(new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, link), 51_820), memory, 0);
            assertThat(((Inet6Address) names.read(memory, 0, 28).getAddress()).getScopeId())
                    .isEqualTo(link);
        }
    }
}
