package org.saminversion.gateway.dashboard.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.saminversion.model.LossRecord;

/**
 * Losses over the steps of an optimisation, on a logarithmic scale, as the parts of an SVG picture of {@link #WIDTH} x {@link
 * #HEIGHT} units.
 *
 * @param lines the total and its two largest terms
 * @param ticks powers of ten
 * @param points steps and totals such as {@code 0:1.25 3:0.8}, for the script that tells values
 * @param last the latest total
 */
public record LossChart(List<Line> lines, List<Tick> ticks, int steps, String points, double last) {
    public static final int WIDTH = 640;
    public static final int HEIGHT = 220;
    static final int LEFT = 44;
    static final int RIGHT = 8;
    static final int TOP = 8;
    static final int BOTTOM = 22;
    static final int POINTS_MAX = 200;

    private static final double LEAST = 1e-6;

    /** @param path as SVG writes it */
    public record Line(String name, String path) {}

    /** @param y from the top */
    public record Tick(String label, double y) {}

    /** @param losses not empty, by rising step @param steps of the whole optimisation */
    static LossChart of(List<LossRecord> losses, int steps) {
        List<LossRecord> shown = thinned(losses);
        double most = Math.max(
                LEAST, shown.stream().mapToDouble(LossRecord::total).max().orElseThrow());
        double least = Math.max(
                LEAST,
                shown.stream()
                        .mapToDouble(record -> Math.min(record.total(), Math.min(record.mse(), record.lpips())))
                        .filter(value -> value > 0)
                        .min()
                        .orElse(most));
        Scale scale = new Scale(
                Math.floor(Math.log10(least)),
                Math.max(Math.ceil(Math.log10(most)), Math.floor(Math.log10(least)) + 1),
                steps);
        List<Tick> ticks = new ArrayList<>();
        for (double power = scale.lowest; power <= scale.highest; power++) {
            ticks.add(new Tick(label(power), scale.y(Math.pow(10, power))));
        }
        return new LossChart(
                List.of(
                        line("total", shown, LossRecord::total, scale),
                        line("perceptual", shown, LossRecord::lpips, scale),
                        line("pixels", shown, LossRecord::mse, scale)),
                ticks,
                steps,
                shown.stream()
                        .map(record -> record.step() + ":" + String.format(Locale.ROOT, "%.4g", record.total()))
                        .collect(Collectors.joining(" ")),
                losses.get(losses.size() - 1).total());
    }

    public int right() {
        return WIDTH - RIGHT;
    }

    public int left() {
        return LEFT;
    }

    public int bottom() {
        return HEIGHT - BOTTOM;
    }

    private static List<LossRecord> thinned(List<LossRecord> losses) {
        int every = Math.max(1, (losses.size() + POINTS_MAX - 1) / POINTS_MAX);
        List<LossRecord> kept = new ArrayList<>();
        for (int i = 0; i < losses.size(); i += every) {
            kept.add(losses.get(i));
        }
        if (losses.size() % every != 1 && every > 1) {
            kept.add(losses.get(losses.size() - 1));
        }
        return kept;
    }

    private static Line line(String name, List<LossRecord> losses, ToDoubleFunction<LossRecord> value, Scale scale) {
        StringBuilder path = new StringBuilder();
        for (LossRecord record : losses) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(String.format(
                            Locale.ROOT, "%.1f %.1f", scale.x(record.step()), scale.y(value.applyAsDouble(record))));
        }
        return new Line(name, path.toString());
    }

    private static String label(double power) {
        return power >= -3 && power <= 4
                ? String.format(Locale.ROOT, power < 0 ? "%." + (int) -power + "f" : "%.0f", Math.pow(10, power))
                : String.format(Locale.ROOT, "1e%.0f", power);
    }

    /** From steps and losses to the picture; lowest and highest are powers of ten. */
    private record Scale(double lowest, double highest, int steps) {
        double x(int step) {
            return LEFT + (double) step / Math.max(1, steps - 1) * (WIDTH - LEFT - RIGHT);
        }

        double y(double loss) {
            double power = Math.log10(Math.max(loss, Math.pow(10, lowest)));
            return TOP + (highest - power) / (highest - lowest) * (HEIGHT - TOP - BOTTOM);
        }
    }
}
