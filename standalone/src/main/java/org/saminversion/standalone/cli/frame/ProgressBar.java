package org.saminversion.standalone.cli.frame;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.saminversion.inversion.engine.ProgressListener;

/**
 * Shows long work on standard error: a bar that redraws itself on a terminal, otherwise a plain line now and then, so that
 * a log file stays short.
 */
public final class ProgressBar implements ProgressListener, AutoCloseable {
    private static final int WIDTH_CHARACTERS = 24;
    private static final Duration REDRAW_INTERVAL = Duration.ofMillis(100);
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

    private final Console console;
    private final String title;
    private final Instant start;
    private Instant lastDrawn = Instant.EPOCH;
    private boolean drawn;

    /** @param title what is worked at, at the beginning of the line */
    public ProgressBar(Console console, String title) {
        this.console = console;
        this.title = title;
        this.start = console.clock().instant();
    }

    @Override
    public void progressed(int done, int total, double loss) {
        String lossText = Double.isNaN(loss) ? "" : String.format(Locale.ROOT, "  loss %.4f", loss);
        Duration elapsed = Duration.between(start, console.clock().instant());
        show(done, total, lossText + eta(done, total, elapsed));
    }

    /** @param note what stands behind the bar */
    public void show(int done, int total, String note) {
        Instant now = console.clock().instant();
        Duration interval = console.terminal() ? REDRAW_INTERVAL : LINE_INTERVAL;
        if (done < total && Duration.between(lastDrawn, now).compareTo(interval) < 0) {
            return;
        }
        lastDrawn = now;
        String line = line(done, total, note);
        if (console.terminal()) {
            // Carriage return and "erase to the end of the line".
            console.err().print("\r" + line + "\u001b[K");
            console.err().flush();
            drawn = true;
        } else {
            console.err().println(line);
        }
    }

    private String line(int done, int total, String note) {
        int filled = total == 0 ? 0 : WIDTH_CHARACTERS * done / total;
        String bar = "#".repeat(filled) + ".".repeat(WIDTH_CHARACTERS - filled);
        return String.format(Locale.ROOT, "%s [%s] %d/%d%s", title, bar, done, total, note);
    }

    private static String eta(int done, int total, Duration elapsed) {
        if (done == 0 || done >= total) {
            return String.format(Locale.ROOT, "  %.1f s", elapsed.toMillis() / 1000.0);
        }
        long remainingSeconds = Math.round(elapsed.toMillis() / 1000.0 / done * (total - done));
        return "  ETA " + remainingSeconds + " s";
    }

    /** Leaves the last state of the bar on its own line. */
    @Override
    public void close() {
        if (drawn) {
            console.err().println();
            drawn = false;
        }
    }
}
