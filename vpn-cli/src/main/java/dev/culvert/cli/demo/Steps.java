package dev.culvert.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** What happens, a line a step, with a tick and the time it took. */
public final class Steps {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private static final Duration INTERRUPT_GRACE = Duration.ofMillis(100);

    /** How a terminal is to be written to. */
    public enum Style {
        /** Characters of ASCII only, a line when a step is over. */
        PLAIN("ok", "FAILED"),
        TICKS("✓", "✗"),
        /** Ticks; the step under way is shown, and then overwritten. */
        LIVE("✓", "✗");

        private final String good;
        private final String bad;

        Style(String good, String bad) {
            this.good = good;
            this.bad = bad;
        }
    }

    private final PrintWriter out;
    private final Style style;

    public Steps(PrintWriter out, Style style) {
        this.out = out;
        this.style = style;
    }

    /**
     * Does {@code action} and returns what it returns.
     *
     * @param detail how the line ends, made of the result
     */
    <T> T step(String title, Callable<T> action, Function<? super T, String> detail) throws Exception {
        if (style == Style.LIVE) {
            out.print("  … " + title);
            out.flush();
        }
        long began = System.nanoTime();
        try {
            T result = action.call();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            String line = title + ": " + detail.apply(result);
            print(String.format(Locale.ROOT, "%s %-84s %5.1f s", style.good, line, took.toMillis() / 1000.0));
            return result;
        } catch (Exception e) {
            stayIfTheJvmIsEnding();
            print(style.bad + " " + title);
            throw e;
        }
    }

    /**
     * After Ctrl-C things fail because the lab is being removed, and nobody wants to read of it. Then this never returns:
     * the JVM ends without this thread.
     */
    private static void stayIfTheJvmIsEnding() throws InterruptedException {
        Thread.sleep(INTERRUPT_GRACE); // our children get the signal too, and may fall before we have heard of it
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            Thread.currentThread().join();
        }
    }

    private void print(String line) {
        out.println((style == Style.LIVE ? CLEAR_LINE : "") + "  " + line);
        out.flush();
    }
}
