package org.saminversion.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How the cost of a step grows: one setting is varied at a time, and every point is a measurement of its own. */
public final class CostStudy {
    /** One measurement, as arguments of {@code ./sam bench engine}. */
    public record Point(int size, int batch, int spaces, int threads) {}

    /**
     * What is varied.
     *
     * @param title of the panel, with the settings that stay
     * @param points the first is the cheapest
     * @param label of a point on the axis
     */
    record Series(String title, List<Point> points, Function<Point, Integer> label) {}

    private static final List<Series> ALL = List.of(
            new Series(
                    "image size in pixels",
                    BenchmarkLayout.SIZES.stream()
                            .map(size -> new Point(size, 1, 4, 2))
                            .toList(),
                    Point::size),
            new Series(
                    "images in one program, 64 px",
                    Stream.of(1, 2, 4, 8)
                            .map(batch -> new Point(64, batch, 4, 2))
                            .toList(),
                    Point::batch),
            new Series(
                    "active feature spaces, 64 px",
                    IntStream.rangeClosed(0, 4)
                            .mapToObj(spaces -> new Point(64, 1, spaces, 2))
                            .toList(),
                    Point::spaces),
            new Series(
                    "threads, 64 px",
                    Stream.of(1, 2).map(threads -> new Point(64, 1, 4, threads)).toList(),
                    Point::threads));

    private final Map<Point, JsonNode> measured = new LinkedHashMap<>();

    /**
     * Measures what is missing.
     *
     * @param known results of an earlier study that was cut off; they are not measured again
     * @param measure performs one measurement, in a process of its own, since memory is a process's
     * @param kept hears all results after each measurement
     */
    public CostStudy(List<JsonNode> known, Function<Point, JsonNode> measure, Consumer<List<JsonNode>> kept) {
        Map<Point, JsonNode> before = new HashMap<>();
        known.forEach(result -> before.put(point(result), result));
        for (Series series : ALL) {
            for (Point point : series.points()) {
                if (!measured.containsKey(point)) {
                    measured.put(point, before.containsKey(point) ? before.get(point) : measure.apply(point));
                    kept.accept(results());
                }
            }
        }
    }

    private static Point point(JsonNode result) {
        return new Point(
                result.get("size").asInt(),
                result.get("batch").asInt(),
                result.get("spaces").asInt(),
                result.get("threads").asInt());
    }

    /** All measurements, each once, as {@link ResultJson} writes them. */
    public List<JsonNode> results() {
        return List.copyOf(measured.values());
    }

    /** A row for each measurement, in Markdown. */
    public String table() {
        StringBuilder table = new StringBuilder("| pixels | images | spaces | threads | s/step | GFLOP/s | peak MiB |\n"
                + "|--:|--:|--:|--:|--:|--:|--:|\n");
        measured.forEach((point, result) -> table.append(String.format(
                Locale.ROOT,
                "| %d | %d | %d | %d | %.3f | %.0f | %.0f |\n",
                point.size(),
                point.batch(),
                point.spaces(),
                point.threads(),
                seconds(result),
                result.get("gflops").asDouble(),
                mebibytes(result))));
        return table.toString();
    }

    /** Seconds per step above, peak memory below; one column for each setting that is varied. */
    public String plot() {
        BarPlot plot = new BarPlot(ALL.size());
        for (int column = 0; column < ALL.size(); column++) {
            Series series = ALL.get(column);
            plot.panel(column, 0, series.title() + ": s/step", bars(series, CostStudy::seconds));
            plot.panel(column, 1, series.title() + ": peak MiB", bars(series, CostStudy::mebibytes));
        }
        return plot.svg();
    }

    private List<BarPlot.Bar> bars(Series series, Function<JsonNode, Double> value) {
        return series.points().stream()
                .map(point -> new BarPlot.Bar(
                        Integer.toString(series.label().apply(point)), value.apply(measured.get(point))))
                .toList();
    }

    private static double seconds(JsonNode result) {
        return result.get("seconds_per_step").asDouble();
    }

    private static double mebibytes(JsonNode result) {
        return result.get("peak_rss_mib").asDouble();
    }
}
