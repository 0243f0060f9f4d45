package org.saminversion.bench;

import java.util.List;
import java.util.Locale;

/** Two rows of bar charts as one SVG picture that reads on light and dark pages. */
final class BarPlot {
    private static final int PANEL_WIDTH = 280;
    private static final int PANEL_HEIGHT = 190;
    private static final int MARGIN = 20;
    private static final int BARS_TOP = 48;
    private static final int BARS_BOTTOM = 160;

    /** One bar. @param value not negative */
    record Bar(String label, double value) {}

    private final StringBuilder svg = new StringBuilder();

    BarPlot(int columns) {
        int width = columns * PANEL_WIDTH;
        int height = 2 * PANEL_HEIGHT;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\" fill=\"#333\">",
                width, height);
        line("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", width, height);
    }

    /** Draws one chart; its highest bar fills it. @param row 0 above, 1 below */
    void panel(int column, int row, String title, List<Bar> bars) {
        double highest = bars.stream().mapToDouble(Bar::value).max().orElseThrow();
        double step = (PANEL_WIDTH - 2.0 * MARGIN) / bars.size();
        line("<g transform=\"translate(%d %d)\">", column * PANEL_WIDTH, row * PANEL_HEIGHT);
        line("<text x=\"%d\" y=\"24\" font-weight=\"bold\">%s</text>", MARGIN, title);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double height = (BARS_BOTTOM - BARS_TOP) * bar.value() / highest;
            double left = MARGIN + i * step;
            double middle = left + step / 2;
            line(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#4878a8\"/>",
                    left + step / 8, BARS_BOTTOM - height, step * 3 / 4, height);
            line(
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                    middle, BARS_BOTTOM - height - 4, number(bar.value()));
            line(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    middle, BARS_BOTTOM + MARGIN, bar.label());
        }
        line("</g>");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.0f", value);
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    String svg() {
        return svg + "</svg>\n";
    }
}
