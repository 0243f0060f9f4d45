package org.saminversion.standalone.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.saminversion.bench.comparison.SvgPlot;
import org.saminversion.inversion.training.Training;
import org.saminversion.inversion.training.TrainingImages;
import org.saminversion.inversion.training.TrainingListener;
import org.saminversion.inversion.training.TrainingLog;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ProgressBar;
import org.saminversion.standalone.cli.frame.TextFile;

/** Shows a training: a bar with loss and images per second, and afterwards a curve in its folder. */
final class TrainingReport implements TrainingListener, AutoCloseable {
    private static final int SKIPPED_SHOWN = 10;
    private final ProgressBar bar;
    private final Console console;
    private int firstStep = -1;
    private final long startMillis;

    TrainingReport(Console console, String title) {
        this.console = console;
        this.bar = new ProgressBar(console, title);
        this.startMillis = console.clock().millis();
    }

    /** Tells which images could not be read. */
    void skipped(List<TrainingImages.Skipped> skipped) {
        skipped.stream()
                .limit(SKIPPED_SHOWN)
                .forEach(image -> console.note("skipped " + image.label() + ": " + image.why()));
        if (skipped.size() > SKIPPED_SHOWN) {
            console.note("skipped " + (skipped.size() - SKIPPED_SHOWN) + " more");
        }
    }

    @Override
    public void trained(TrainingLog.Entry entry) {
        if (firstStep < 0) {
            firstStep = entry.step();
        }
        String validation = entry.validationLoss().isPresent()
                ? String.format(
                        Locale.ROOT, "  validation %.4f", entry.validationLoss().getAsDouble())
                : "";
        bar.show(
                entry.step(),
                entry.steps(),
                String.format(
                                Locale.ROOT,
                                "  loss %.4f%s  %.1f images/s",
                                entry.loss(),
                                validation,
                                entry.imagesPerSecond())
                        + eta(entry));
    }

    /** From the steps of this process only: those of an earlier one took their time elsewhere. */
    private String eta(TrainingLog.Entry entry) {
        int done = entry.step() - firstStep;
        if (done == 0) {
            return "";
        }
        double secondsPerStep = (console.clock().millis() - startMillis) / 1000.0 / done;
        return String.format(Locale.ROOT, "  ETA %.0f s", secondsPerStep * (entry.steps() - entry.step()));
    }

    /** Draws {@code training.svg} beside the log. */
    static void drawCurve(Path folder, String title) {
        List<TrainingLog.Entry> log = TrainingLog.read(folder.resolve(Training.LOG));
        List<SvgPlot.Point> losses = log.stream()
                .map(entry -> new SvgPlot.Point(entry.step(), entry.loss(), 0))
                .toList();
        List<SvgPlot.Point> validation = log.stream()
                .filter(entry -> entry.validationLoss().isPresent())
                .map(entry ->
                        new SvgPlot.Point(entry.step(), entry.validationLoss().getAsDouble(), 0))
                .toList();
        String svg = new SvgPlot(title, "step", "loss", List.of())
                .add("training", losses)
                .add("validation", validation)
                .draw();
        TextFile.write(folder.resolve("training.svg"), svg);
    }

    @Override
    public void close() {
        bar.close();
    }
}
