package org.saminversion.standalone.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.engine.InversionRun;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.Quality;
import org.saminversion.inversion.engine.StepLosses;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.RefinedMap;
import org.saminversion.inversion.invertibility.RefinedMapPicture;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.space.LatentSpace;

/** Inverts pictures one after the other with the same settings and writes the results of each into its folder. */
final class PictureInversion {
    /** Steps between two updates of the progress bar: about half a second for a small generator on two cores. */
    private static final int CHUNK_STEPS = 10;

    private static final String METHOD_WITH_MAP = "sam";
    private static final String METHOD_W_PLUS = "wplus";

    private final Console console;
    private final OpenBundle bundle;
    private final InversionSettings settings;
    private final String engine;

    PictureInversion(Console console, OpenBundle bundle, InversionSettings settings, String engine) {
        this.engine = engine;
        this.console = console;
        this.bundle = bundle;
        this.settings = settings;
    }

    /**
     * @param again do it even if the folder holds the finished result of the same picture and settings
     * @throws org.saminversion.inversion.failure.JobFailure if the picture cannot be read or inverted
     * @throws IOException if the results cannot be written
     */
    InversionReport invert(InputPicture picture, Path folder, boolean again) throws IOException {
        RgbImage photograph = picture.source().get();
        Fingerprint fingerprint = Fingerprint.of(
                photograph, bundle.bundle().name(), bundle.bundle().sha256(), settings, engine);
        ResultFile result = new ResultFile(folder);
        Optional<InversionReport> earlier = again ? Optional.empty() : result.finishedWith(fingerprint);
        if (earlier.isPresent()) {
            console.note(picture.label() + ": finished before with the same settings, skipped (--again redoes it)");
            return earlier.get();
        }
        OutputFolder.removeUnfinished(OutputFolder.ready(folder));
        result.delete();
        InversionReport report = invert(picture.label(), photograph, folder);
        result.write(fingerprint, report);
        return report;
    }

    private InversionReport invert(String label, RgbImage photograph, Path folder) {
        Instant start = console.clock().instant();
        Map<String, String> paths = new TreeMap<>();
        InversionEngine engine = bundle.engine();
        Optional<InvertibilityMap> map = measuredMap(label, photograph);
        Optional<RefinedMap> refined = map.map(measured -> measured.refine(settings.tau()));
        Latents latents = optimised(label, photograph, map);
        RgbImage reconstruction = engine.render(latents);
        Quality quality = engine.quality(photograph, reconstruction);
        double seconds = Duration.between(start, console.clock().instant()).toMillis() / 1000.0;

        PngWriter.write(reconstruction, file(folder, "reconstruction.png", "reconstruction", paths));
        LatentFile.write(latents, LatentFile.Precision.HALF, file(folder, "latents.safetensors", "latents", paths));
        refined.ifPresent(
                choice -> PngWriter.write(RefinedMapPicture.plain(choice), file(folder, "map.png", "map", paths)));
        return new InversionReport(
                label,
                quality.psnrDecibel(),
                quality.lpips(),
                shares(refined),
                seconds,
                settings.steps(),
                Collections.unmodifiableMap(paths));
    }

    private Optional<InvertibilityMap> measuredMap(String label, RgbImage photograph) {
        if (!settings.method().equalsIgnoreCase(METHOD_WITH_MAP)) {
            return Optional.empty();
        }
        try (ProgressBar bar = new ProgressBar(console, label + ": map")) {
            return Optional.of(bundle.engine().measureInvertibility(photograph, settings, bar));
        }
    }

    private Latents optimised(String label, RgbImage photograph, Optional<InvertibilityMap> map) {
        try (InversionRun run = bundle.engine().start(photograph, settings, map);
                ProgressBar bar = new ProgressBar(console, label + ": inversion")) {
            while (run.step() < run.steps()) {
                List<StepLosses> losses = run.advance(CHUNK_STEPS);
                bar.progressed(
                        run.step(), run.steps(), losses.get(losses.size() - 1).total());
            }
            return run.latents();
        }
    }

    /** By space, those without a share left out. A method with one space gives it everything. */
    private Map<String, Double> shares(Optional<RefinedMap> refined) {
        Map<String, Double> shares = new LinkedHashMap<>();
        if (refined.isEmpty()) {
            boolean wplus = settings.method().equalsIgnoreCase(METHOD_W_PLUS);
            shares.put((wplus ? LatentSpace.W_PLUS : LatentSpace.parse(settings.method())).toString(), 1.0);
        } else {
            refined.get().shares().forEach((space, share) -> {
                if (share > 0) {
                    shares.put(space.toString(), share);
                }
            });
        }
        return Collections.unmodifiableMap(shares);
    }

    private static Path file(Path folder, String fileName, String name, Map<String, String> paths) {
        Path file = folder.resolve(fileName);
        paths.put(name, file.toString());
        return file;
    }
}
