package org.saminversion.gateway.dashboard.frame;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.saminversion.model.store.JobMapping;

/** How values are written in templates: with their units, and alike on all pages. */
@TemplateExtension
public final class Formats {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String[] BYTE_UNITS = {"B", "KB", "MB", "GB", "TB"};

    private Formats() {}

    /** Such as 2026-11-27 09:30:05 UTC. */
    public static String exact(Instant instant) {
        return EXACT.format(instant);
    }

    /** Such as 1,234,567. */
    public static String grouped(Number number) {
        return String.format(Locale.ROOT, "%,d", number.longValue());
    }

    /** With so many digits behind the point. */
    public static String fixed(Double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /** A part of 1 such as 0.256 as 25.6 %. */
    public static String percent(Double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    /** In the largest unit of 1000 bytes that leaves a number of at least 1, such as 12.3 MB. */
    public static String bytes(Long count) {
        double left = count;
        int unit = 0;
        while (left >= 999.5 && unit < BYTE_UNITS.length - 1) {
            left /= 1000;
            unit++;
        }
        return unit == 0
                ? count + " B"
                : String.format(Locale.ROOT, left < 9.95 ? "%.1f %s" : "%.0f %s", left, BYTE_UNITS[unit]);
    }

    /** In its two largest units, such as 2 h 5 min, or 40 ms. */
    public static String span(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3600, "h", seconds % 3600 / 60, "min")
                : two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    /** Chosen settings as the command line takes them, such as {@code lpips=2.0, measured-map=1.0}. */
    public static String settings(Map<String, Double> chosen) {
        return new TreeMap<>(chosen)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** The same as JSON, for scripts. */
    public static String json(Map<String, Double> chosen) {
        return JobMapping.write(new TreeMap<>(chosen));
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + " " + unit : large + " " + unit + " " + small + " " + smallUnit;
    }
}
