package dev.culvert.cli.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** Records to JSON and back: instants as ISO 8601 text, an empty Optional as null. */
public final class Json {
    // A newer process may say more than an older client knows.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** One line, without its end. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass(), bug);
        }
    }

    /** Indented, for people who look at JSON. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass(), bug);
        }
    }

    public static <T> T read(String line, Class<T> type) throws IOException {
        T value = MAPPER.readValue(line, type);
        if (value == null) {
            throw new IOException("expected an object, found null");
        }
        return value;
    }
}
