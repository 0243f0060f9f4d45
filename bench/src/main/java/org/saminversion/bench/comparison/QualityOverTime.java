package org.saminversion.bench.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.saminversion.bench.KeptResult;
import org.saminversion.inversion.engine.InversionRun;
import org.saminversion.inversion.engine.Quality;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.invertibility.InvertibilityMap;

/**
 * Quality against time along one run of each method (the paper's Fig. 7). Measuring takes no part of the time. The curves of finished
 * pictures are kept in a folder and not measured again.
 */
public final class QualityOverTime {
    private final SamEngine engine;
    private final String engineChoices;
    private final Path folder;
    private final LongSupplier nanoTime;
    private final Consumer<String> progress;

    /** The state of one run. @param seconds since its start, a map's time included */
    public record Moment(int step, double seconds, double psnr, double lpips) {}

    /** One run, as it is kept. */
    record Curve(List<Moment> moments) {}

    /**
     * @param engineChoices choices of the engine that change results, as one word
     * @param folder where the curves are kept
     * @param nanoTime a clock, and {@code progress} hears of every finished run
     */
    public QualityOverTime(
            SamEngine engine, String engineChoices, Path folder, LongSupplier nanoTime, Consumer<String> progress) {
        this.engine = engine;
        this.engineChoices = engineChoices;
        this.folder = folder;
        this.nanoTime = nanoTime;
        this.progress = progress;
    }

    /**
     * @param moments steps at which to measure, rising; those beyond the end are left out
     * @return by method, per moment the means over the pictures
     */
    public Map<String, List<Moment>> run(List<Variant> variants, List<NamedPicture> pictures, List<Integer> moments) {
        Map<String, List<Moment>> curves = new LinkedHashMap<>();
        for (Variant variant : variants) {
            List<List<Moment>> ofPictures = new ArrayList<>();
            for (NamedPicture picture : pictures) {
                ofPictures.add(keptOrNew(variant, Picture.read(picture), moments));
                progress.accept(variant.name() + ": " + ofPictures.size() + " of " + pictures.size());
            }
            curves.put(variant.name(), mean(ofPictures));
        }
        return curves;
    }

    private List<Moment> keptOrNew(Variant variant, Picture picture, List<Integer> moments) {
        Path file = folder.resolve(variant.name()).resolve(picture.key() + ".curve.json");
        KeptResult<Curve> kept = new KeptResult<>(file, Curve.class);
        String fingerprint = variant.fingerprint(engine.bundle(), engineChoices, picture) + ";" + moments;
        Optional<Curve> earlier = kept.read(fingerprint);
        if (earlier.isPresent()) {
            return earlier.get().moments();
        }
        List<Moment> measured = curve(variant, picture, moments);
        kept.write(fingerprint, new Curve(measured));
        return measured;
    }

    private List<Moment> curve(Variant variant, Picture picture, List<Integer> moments) {
        // The first run of a program compiles it, which is no part of a picture's time.
        if (needsMap(variant)) {
            engine.startMap(picture.image(), variant.settings()).advance(1);
        }
        long mapStart = nanoTime.getAsLong();
        Optional<InvertibilityMap> map = map(variant, picture);
        long mapTime = nanoTime.getAsLong() - mapStart;
        try (InversionRun warm = engine.start(picture.image(), variant.settings(), map)) {
            warm.advance(1);
        }
        long start = nanoTime.getAsLong() - mapTime;
        List<Moment> curve = new ArrayList<>();
        long measuring = 0;
        try (InversionRun run = engine.start(picture.image(), variant.settings(), map)) {
            for (int moment : moments) {
                if (moment > run.steps()) {
                    break;
                }
                if (moment > run.step()) {
                    run.advance(moment - run.step());
                }
                long before = nanoTime.getAsLong();
                Quality quality = engine.quality(picture.image(), engine.render(run.latents()));
                curve.add(
                        new Moment(moment, (before - start - measuring) / 1e9, quality.psnrDecibel(), quality.lpips()));
                measuring += nanoTime.getAsLong() - before;
            }
        }
        return curve;
    }

    private Optional<InvertibilityMap> map(Variant variant, Picture picture) {
        return needsMap(variant)
                ? Optional.of(
                        engine.measureInvertibility(picture.image(), variant.settings(), (done, total, loss) -> {}))
                : Optional.empty();
    }

    private boolean needsMap(Variant variant) {
        return engine.method(variant.settings()).needsMap();
    }

    private static List<Moment> mean(List<List<Moment>> ofPictures) {
        List<Moment> means = new ArrayList<>();
        for (int i = 0; i < ofPictures.get(0).size(); i++) {
            int at = i;
            means.add(new Moment(
                    ofPictures.get(0).get(at).step(),
                    ofPictures.stream()
                            .mapToDouble(curve -> curve.get(at).seconds())
                            .average()
                            .orElseThrow(),
                    ofPictures.stream()
                            .mapToDouble(curve -> curve.get(at).psnr())
                            .average()
                            .orElseThrow(),
                    ofPictures.stream()
                            .mapToDouble(curve -> curve.get(at).lpips())
                            .average()
                            .orElseThrow()));
        }
        return means;
    }
}
