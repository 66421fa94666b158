package dev.culvert.bench.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.culvert.bench.result.Report;
import dev.culvert.cli.control.Json;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A report in a file: what {@code --save} writes and {@code --against} reads (docs/benchmarks.md, "JSON"). */
public final class SavedReport {
    private static final long MAX_BYTES = 64 << 20;

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

    /** Indented, without an end of line. */
    public static String json(Report report) {
        return Json.pretty(report);
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
        try {
            return READER.treeToValue(tree, Report.class);
        } catch (JacksonException | IllegalArgumentException damaged) {
            String first =
                    String.valueOf(damaged.getMessage()).lines().findFirst().orElse("");
            throw new IOException("%s: a damaged result of culvert bench: %s".formatted(file, first), damaged);
        }
    }

    private static JsonNode tree(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException(file + ": a folder; name a file that --save wrote");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw foreign(file);
            }
            JsonNode tree = READER.readTree(Files.readString(file));
            return tree == null ? READER.missingNode() : tree;
        } catch (NoSuchFileException gone) {
            throw new IOException(file + ": no such file; --save writes one", gone);
        } catch (AccessDeniedException denied) {
            throw new IOException(file + ": may not be read by this user", denied);
        } catch (JacksonException | MalformedInputException foreign) {
            throw foreign(file);
        }
    }

    private static IOException foreign(Path file) {
        return new IOException(file + ": not a result of culvert bench; name a file that --save wrote");
    }
}
