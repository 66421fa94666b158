package dev.culvert.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.CipherChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Once all is compiled, frames make no garbage: from the device to the socket, and from the socket to the device. */
final class LaneAllocationTest {
    /** Bytes a frame: one small object in twenty frames would show. */
    private static final double LIMIT = 1;

    static Stream<Arguments> loads() {
        return Stream.of("CHACHA20_POLY1305", "AES_256_GCM")
                .flatMap(cipher -> Stream.of("tcp", "64", "1").map(load -> Arguments.of(cipher, load)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("loads")
    void framesMakeNoGarbage(String cipher, String load) throws IOException, InterruptedException {
        List<Double> bytesAFrame = measure(cipher, load);
        assertThat(bytesAFrame)
                .as("both ways at once, outbound, inbound")
                .hasSize(3)
                .allSatisfy(bytes -> assertThat(bytes).isLessThan(LIMIT));
    }

    private static List<Double> measure(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dio.netty.leakDetection.level=disabled", // as CoreTunnel has it
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        LaneAllocationMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        program.command().addAll(List.of(arguments));
        Process running = program.start();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).isZero();
        System.out.println(String.join(" ", arguments) + ": bytes a frame " + output.strip());
        return Arrays.stream(output.strip().split(" ", -1)).map(Double::valueOf).toList();
    }

    /** What was measured is what it seems: cut, sealed, opened, joined. */
    @ParameterizedTest
    @EnumSource(names = {"CHACHA20_POLY1305", "AES_256_GCM"})
    void aSuperFrameArrivesAsItWasGiven(CipherChoice cipher) {
        LaneLoad load = LaneLoad.tcpBulk();
        try (LanePair pair = load.pair(cipher)) {
            pair.receiverTap().keep(1);
            load.encapsulateBy(pair);

            assertThat(pair.sealsWithSecond()).isEqualTo(cipher == CipherChoice.AES_256_GCM);
            assertThat(pair.receiverTap().calls()).isEqualTo(1);
            assertThat(pair.receiverTap().framesWritten()).isEqualTo(load.frames());
            assertThat(Arrays.equals(pair.receiverTap().kept().getFirst(), load.frame()))
                    .as("the same bytes")
                    .isTrue();
        }
    }
}
