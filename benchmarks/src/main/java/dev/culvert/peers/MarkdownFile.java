package dev.culvert.peers;

import dev.culvert.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page with figures between two marks, and prose around them that stays. */
record MarkdownFile(Path path) {
    private static final String BEGIN =
            "<!-- figures: written by benchmarks/peers --markdown; changes here are lost -->";
    private static final String END = "<!-- end of figures -->";

    /** Fails now rather than after a quarter of an hour. */
    void check() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new LabException(
                    "--markdown %s: cannot be written: there is no such folder, or it is not writable".formatted(path));
        }
        replaced("");
    }

    /** Replaces what is between the marks; a new file is the figures alone. */
    void write(String figures) throws IOException {
        Files.writeString(path, replaced(figures));
    }

    private String replaced(String figures) throws IOException {
        String marked = BEGIN + "\n\n" + figures + "\n" + END;
        if (!Files.exists(path)) {
            return marked + "\n";
        }
        String page = Files.readString(path);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new LabException(
                    "--markdown %s: exists, and has no lines \"%s\" and \"%s\" to put the figures between"
                            .formatted(path, BEGIN, END));
        }
        return page.substring(0, begin) + marked + page.substring(end + END.length());
    }
}
