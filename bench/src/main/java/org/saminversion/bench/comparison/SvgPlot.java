package org.saminversion.bench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Lines over two axes as an SVG picture. */
public final class SvgPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 70;
    private static final int RIGHT = 150;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final String AXIS = "#404040";
    private static final String GRID = "#e4e4e4";
    private static final String[] COLOURS = {
        "#00629b", "#fc8900", "#618139", "#747678", "#7b4ea3", "#c0392b", "#16a085", "#b7950b"
    };

    /** A point with half the height of its error bar; 0 for none. */
    public record Point(double x, double y, double error) {}

    /** One line. */
    public record Series(String name, List<Point> points) {}

    private final String title;
    private final String across;
    private final String up;
    private final List<String> names;
    private final List<Series> lines = new ArrayList<>();
    private boolean logarithmic;

    /** @param names labels of the whole numbers 0, 1, ... across; empty for a plain axis of numbers */
    public SvgPlot(String title, String across, String up, List<String> names) {
        this.title = title;
        this.across = across;
        this.up = up;
        this.names = List.copyOf(names);
    }

    public SvgPlot add(String name, List<Point> points) {
        lines.add(new Series(name, points));
        return this;
    }

    /** The axis of numbers across gives every power of ten the same room; all points must lie right of zero. */
    public SvgPlot logarithmicAcross() {
        logarithmic = true;
        return this;
    }

    private double across(Point point) {
        return logarithmic ? Math.log10(point.x()) : point.x();
    }

    /** @throws IllegalStateException if there is no point */
    public String draw() {
        Scale x = scale(this::across, LEFT, WIDTH - RIGHT);
        Scale y = scale(Point::y, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
                WIDTH,
                HEIGHT));
        text(svg, WIDTH / 2.0, 20, "middle", title);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", across);
        svg.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(16,%d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                HEIGHT / 2,
                escaped(up)));
        axes(svg, x, y);
        for (int i = 0; i < lines.size(); i++) {
            line(svg, lines.get(i), COLOURS[i % COLOURS.length], x, y);
            double row = TOP + 18.0 * i;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%.1f\" width=\"10\" height=\"10\" fill=\"%s\"/>\n",
                    WIDTH - RIGHT + 12,
                    row,
                    COLOURS[i % COLOURS.length]));
            text(svg, WIDTH - RIGHT + 28, row + 9, "start", lines.get(i).name());
        }
        return svg.append("</svg>\n").toString();
    }

    private record Scale(double least, double most, double from, double to) {
        double at(double value) {
            return from + (value - least) / (most - least) * (to - from);
        }
    }

    private Scale scale(ToDoubleFunction<Point> value, double from, double to) {
        double least = values(value).min().orElseThrow(() -> new IllegalStateException("there is nothing to plot"));
        double most = values(value).max().orElseThrow();
        double room = most > least ? 0.05 * (most - least) : 0.5;
        return new Scale(least - room, most + room, from, to);
    }

    private DoubleStream values(ToDoubleFunction<Point> value) {
        return lines.stream().flatMap(line -> line.points().stream()).mapToDouble(value);
    }

    private void axes(StringBuilder svg, Scale x, Scale y) {
        for (AxisTick tick : AxisTick.linear(y.least(), y.most())) {
            double height = y.at(tick.at());
            path(svg, String.format(Locale.ROOT, "M%d %.1f H%d", LEFT, height, WIDTH - RIGHT), GRID);
            text(svg, LEFT - 6, height + 4, "end", tick.label());
        }
        for (AxisTick tick : ticksAcross(x)) {
            text(svg, x.at(tick.at()), HEIGHT - BOTTOM + 16, "middle", tick.label());
        }
        path(svg, String.format(Locale.ROOT, "M%d %d V%d H%d", LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT), AXIS);
    }

    private List<AxisTick> ticksAcross(Scale x) {
        if (!names.isEmpty()) {
            return IntStream.range(0, names.size())
                    .mapToObj(i -> new AxisTick(i, names.get(i)))
                    .toList();
        }
        return logarithmic ? AxisTick.logarithmic(x.least(), x.most()) : AxisTick.linear(x.least(), x.most());
    }

    private static void path(StringBuilder svg, String path, String colour) {
        svg.append(String.format("<path d=\"%s\" fill=\"none\" stroke=\"%s\"/>\n", path, colour));
    }

    private void line(StringBuilder svg, Series line, String colour, Scale x, Scale y) {
        StringBuilder path = new StringBuilder();
        for (Point point : line.points()) {
            path.append(String.format(
                    Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", x.at(across(point)), y.at(point.y())));
        }
        svg.append(String.format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n", path, colour));
        for (Point point : line.points()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/><path d=\"M%.1f %.1f V%.1f\" stroke=\"%s\"/>\n",
                    x.at(across(point)),
                    y.at(point.y()),
                    colour,
                    x.at(across(point)),
                    y.at(point.y() - point.error()),
                    y.at(point.y() + point.error()),
                    colour));
        }
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                escaped(words)));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
