package dev.culvert.bench.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.culvert.bench.result.Report;
import dev.culvert.cli.control.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report in a file: what {@code --save} writes and {@code --against} reads (docs/benchmarks.md, "JSON"). */
public final class SavedReport {
    private static final int MAX_BYTES = 16 << 20; // a thousand rounds need less than one

    private static final JsonMapper READER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            // a newer culvert may say more in the same format; it may not say less
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private SavedReport() {}

    /** Indented, without an end of line. What a terminal might obey is escaped, as JSON allows it to be. */
    public static String json(Report report) {
        StringBuilder safe = new StringBuilder();
        Json.pretty(report).codePoints().forEach(each -> {
            if (each == '\n' || PlainText.isShown(each)) {
                safe.appendCodePoint(each);
            } else {
                for (char half : Character.toChars(each)) {
                    safe.append(String.format(Locale.ROOT, "\\u%04x", (int) half));
                }
            }
        });
        return safe.toString();
    }

    public static void write(Path file, Report report) throws IOException {
        OutputFile.write(file, json(report) + "\n");
    }

    /** @throws IOException that says what is wrong with the file */
    public static Report read(Path file) throws IOException {
        JsonNode tree = tree(file);
        if (!tree.isObject()
                || !tree.path("format").isInt()
                || !tree.path("benchmark").isTextual()) {
            throw foreign(file);
        }
        int format = tree.path("format").asInt();
        if (format != Report.FORMAT) {
            throw new IOException(
                    "%s: saved in format %d, this culvert reads format %d: measure again, or use the culvert that saved it"
                            .formatted(file, format, Report.FORMAT));
        }
        Report report;
        try {
            report = READER.treeToValue(tree, Report.class);
        } catch (JacksonException | IllegalArgumentException damaged) {
            throw damaged(file, reason(damaged), damaged);
        }
        Optional<String> fault = ResultFaults.in(report);
        if (fault.isPresent()) {
            throw damaged(file, fault.get(), null);
        }
        return report;
    }

    private static JsonNode tree(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException(file + ": a folder; name a file that --save wrote");
            }
            JsonNode tree = READER.readTree(text(file));
            return tree == null ? READER.missingNode() : tree;
        } catch (NoSuchFileException gone) {
            throw new IOException(file + ": no such file; --save writes one", gone);
        } catch (AccessDeniedException denied) {
            throw new IOException(file + ": may not be read by this user", denied);
        } catch (JacksonException broken) {
            throw new IOException(
                    "%s: %s, in line %s: no result of culvert bench, or a part of one; name a whole file that --save wrote"
                            .formatted(
                                    file,
                                    broken instanceof JsonEOFException ? "ends in the middle" : "not JSON",
                                    broken.getLocation() == null
                                            ? 1
                                            : broken.getLocation().getLineNr()),
                    broken);
        } catch (CharacterCodingException foreign) {
            throw foreign(file);
        }
    }

    /** No more than a result has: a device or a pipe may never end. */
    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(
                        "%s: larger than %s MB, as no result of culvert bench is; name a file that --save wrote"
                                .formatted(file, MAX_BYTES >> 20));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    private static IOException damaged(Path file, String reason, @Nullable Exception cause) {
        return new IOException(
                "%s: a damaged result of culvert bench: %s; measure again".formatted(file, PlainText.of(reason)),
                cause);
    }

    /** {@code sections[0].bars[2].samples: no rounds}. */
    private static String reason(Exception damaged) {
        StringBuilder place = new StringBuilder();
        String message = damaged.getMessage();
        if (damaged instanceof JsonMappingException at) {
            for (JsonMappingException.Reference step : at.getPath()) {
                place.append(step.getIndex() >= 0 ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
            }
            message = at.getOriginalMessage();
        }
        String first = String.valueOf(message).lines().findFirst().orElse("");
        return place.isEmpty() ? first : place.substring(1) + ": " + first;
    }

    private static IOException foreign(Path file) {
        return new IOException(file + ": not a result of culvert bench; name a file that --save wrote");
    }
}
