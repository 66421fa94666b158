package dev.culvert.cli.toml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a configuration file, and places in it. */
final class SourceText {
    static final int MAX_BYTES = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final String text;

    private SourceText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Empty when the file cannot be read as text; {@code problems} then says why. */
    static Optional<SourceText> read(Path file, ConfigProblems problems) {
        byte[] bytes;
        // not only a regular file: `culvert check /dev/stdin` is handy
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException missing) {
            problems.inFile("no such file");
            return Optional.empty();
        } catch (AccessDeniedException denied) {
            problems.inFile("permission denied: run as the owner of the file, or as root");
            return Optional.empty();
        } catch (IOException failed) {
            problems.inFile(
                    Files.isDirectory(file) ? "is a directory, not a file" : "cannot be read: " + failed.getMessage());
            return Optional.empty();
        }
        if (bytes.length > MAX_BYTES) {
            problems.inFile("larger than %d bytes: no configuration of Culvert".formatted(MAX_BYTES));
            return Optional.empty();
        }
        return decode(bytes, problems);
    }

    static Optional<SourceText> decode(byte[] bytes, ConfigProblems problems) {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        CharBuffer target = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(source, target, true);
        String decoded = target.flip().toString();
        if (result.isError()) {
            problems.syntaxAt(endOf(decoded), "not UTF-8 text");
            return Optional.empty();
        }
        return Optional.of(new SourceText(decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded));
    }

    private static Position endOf(String text) {
        int lineStart = text.lastIndexOf('\n') + 1;
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        return new Position(line, 1 + text.codePointCount(lineStart, text.length()));
    }

    /** The first place from {@code from} on that is neither blank nor comment; the parser is less exact in arrays. */
    Position skipBlanks(Position from) {
        int line = from.line();
        int column = from.column();
        int i = offsetOf(from);
        boolean inComment = false;
        while (i < text.length()) {
            char c = text.charAt(i);
            inComment = c != '\n' && (inComment || c == '#');
            if (!inComment && !Character.isWhitespace(c)) {
                return new Position(line, column);
            }
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
            i += Character.charCount(text.codePointAt(i));
        }
        return from;
    }

    private int offsetOf(Position position) {
        int offset = 0;
        for (int line = 1; line < position.line(); line++) {
            int end = text.indexOf('\n', offset);
            if (end < 0) {
                return text.length();
            }
            offset = end + 1;
        }
        int columns = Math.min(position.column() - 1, text.codePointCount(offset, text.length()));
        return text.offsetByCodePoints(offset, columns);
    }
}
