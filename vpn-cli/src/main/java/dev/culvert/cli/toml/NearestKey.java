package dev.culvert.cli.toml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known word somebody most likely meant. */
final class NearestKey {
    private static final int MAX_EDITS = 3;

    private NearestKey() {}

    /** Case and separators do not count: {@code AllowedIPs} is near {@code allowed_ips}. */
    static Optional<String> of(String word, Collection<String> known) {
        String plain = plain(word);
        Optional<String> contained = known.stream()
                .filter(key -> plain.length() >= MAX_EDITS
                        && (plain.contains(plain(key)) || plain(key).contains(plain)))
                .max(Comparator.comparingInt(String::length));
        if (contained.isPresent()) {
            return contained;
        }
        return known.stream()
                .filter(key -> edits(plain, plain(key)) <= Math.min(MAX_EDITS, plain.length() / 2))
                .min(Comparator.comparingInt(key -> edits(plain, plain(key))));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Levenshtein's distance, a row at a time. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
