package dev.culvert.cli.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sound file, damaged in a thousand ways: always a configuration or a list of faults, never an exception. */
class TomlConfigFuzzTest {
    private static final int ROUNDS = 1500;
    private static final List<String> SHARDS = List.of(
            "\"",
            "'",
            "'''",
            "\"\"\"",
            "[",
            "]",
            "[[",
            "{",
            "}",
            "=",
            "#",
            "\n",
            "\r",
            "\0",
            "\\u0000",
            "\\",
            ".",
            ",",
            "[interface]",
            "[[peer]]",
            "[peer.x]",
            "[crypto]",
            "1979-05-27",
            "99999999999999999999",
            "-0.0",
            "inf",
            "0x",
            "true",
            "\ud83d\ude00",
            "\"\\u202e\"",
            "mtu = 3\n",
            "mode = \"tun\"\n",
            ":",
            "%",
            "/",
            "../",
            " ");

    private static final String SOUND = """
            [interface]
            name = "culvert0"
            private_key_file = "host.key"
            listen = "[::]:51820"
            address = ["10.8.0.1/24", "fd00:8::1/64"]
            mtu = "auto"
            txqueue = 1000

            [crypto]
            engines = ["openssl", "bc"]

            [[peer]]
            name = "branch"
            public_key = "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08="
            endpoint = "[2001:db8::1]:51820"
            keepalive = "25s"
            preshared_key_file = "shared.psk"
            allowed_macs = ["02:00:00:00:00:01"]
            """;

    @TempDir
    Path directory;

    @Test
    void damageIsToldAndNeverThrown() throws IOException {
        KeyFiles.writeAll(directory);
        Path file = directory.resolve("culvert0.toml");
        long seed = System.nanoTime();
        System.out.println("TomlConfigFuzzTest: seed " + seed);
        Random random = new Random(seed);
        int sound = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damage(random);
            Files.write(file, damaged);
            sound += loadsOrTellsWhy(file, new String(damaged, StandardCharsets.UTF_8), seed) ? 1 : 0;
        }
        assertThat(sound).as("some damage is harmless, most is not").isBetween(1, ROUNDS - 1);
    }

    private static boolean loadsOrTellsWhy(Path file, String text, long seed) {
        LoadedConfig loaded;
        try {
            loaded = TomlConfigLoader.load(file);
        } catch (RuntimeException | StackOverflowError thrown) {
            throw new AssertionError("seed " + seed + ", file:\n" + text, thrown);
        }
        if (loaded instanceof LoadedConfig.Broken broken) {
            assertThat(broken.faults()).as("seed %d, file:%n%s", seed, text).isNotEmpty();
            assertThat(broken.faults()).allMatch(fault -> !fault.toString().contains("\n"));
            assertThat(broken.faults().toString()).doesNotContain(KeyFiles.PRIVATE);
        }
        return loaded instanceof LoadedConfig.Valid;
    }

    private static byte[] damage(Random random) {
        StringBuilder text = new StringBuilder(SOUND);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(1 + random.nextInt(40)));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, SHARDS.get(random.nextInt(SHARDS.size())));
                case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
                default -> text.setCharAt(at, (char) random.nextInt(128));
            }
            if (text.isEmpty()) {
                text.append('x');
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(8) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
