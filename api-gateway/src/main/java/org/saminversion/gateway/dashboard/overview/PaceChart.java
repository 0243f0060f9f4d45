package org.saminversion.gateway.dashboard.overview;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Jobs that ended in each minute as bars, in an SVG picture of {@link #WIDTH} x {@link #HEIGHT} units.
 *
 * @param bars as the path of SVG
 * @param most jobs of the highest bar
 */
public record PaceChart(String bars, int most) {
    static final int WIDTH = 600;
    static final int HEIGHT = 80;
    /** Above the highest bar, for words. */
    static final int TOP = 14;

    static PaceChart of(List<Integer> perMinute) {
        int most = Math.max(1, Collections.max(perMinute));
        double width = (double) WIDTH / perMinute.size();
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < perMinute.size(); i++) {
            if (perMinute.get(i) > 0) {
                double height = Math.max(1, (double) (HEIGHT - TOP) * perMinute.get(i) / most);
                bars.append(String.format(
                        Locale.ROOT, "M%.1f %dv-%.1fh%.1fv%.1fz", i * width + 0.5, HEIGHT, height, width - 1, height));
            }
        }
        return new PaceChart(bars.toString(), Collections.max(perMinute));
    }
}
