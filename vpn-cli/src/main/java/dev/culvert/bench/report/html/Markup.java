package dev.culvert.bench.report.html;

import dev.culvert.bench.report.PlainText;
import java.util.Locale;

/** HTML or SVG in the making: everything from a report passes through {@link #escaped}. */
final class Markup {
    private static final int REPLACEMENT = 0xfffd;

    private final StringBuilder text = new StringBuilder();

    /** For text and for values of attributes in double quotes. What no document may hold is shown as such. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(each -> {
            switch (each) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(each == '\n' || PlainText.isShown(each) ? each : REPLACEMENT);
            }
        });
        return safe.toString();
    }

    /** @param attributes names and values by turns */
    Markup open(String element, Object... attributes) {
        text.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(value(attributes[i + 1]))
                    .append('"');
        }
        text.append('>');
        return this;
    }

    private static String value(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : escaped(value.toString());
    }

    Markup close(String element) {
        text.append("</").append(element).append('>');
        return this;
    }

    Markup text(String words) {
        text.append(escaped(words));
        return this;
    }

    /** An element with nothing but text in it. */
    Markup leaf(String element, String words, Object... attributes) {
        return open(element, attributes).text(words).close(element);
    }

    /** Markup made here. */
    Markup raw(String markup) {
        text.append(markup);
        return this;
    }

    Markup line() {
        text.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
