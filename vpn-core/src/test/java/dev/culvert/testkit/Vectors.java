package dev.culvert.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/** Published test vectors: {@code vectors/NAME.properties}, whose first line names their source. */
public final class Vectors {
    private final Properties values = new Properties();

    private Vectors() {}

    public static Vectors load(String name) {
        Vectors vectors = new Vectors();
        try (InputStream file = Vectors.class.getResourceAsStream("/vectors/" + name + ".properties")) {
            vectors.values.load(Objects.requireNonNull(file, name));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return vectors;
    }

    public String text(String key) {
        return Objects.requireNonNull(values.getProperty(key), key);
    }

    public byte[] hex(String key) {
        return HexFormat.of().parseHex(text(key));
    }
}
