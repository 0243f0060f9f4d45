package org.saminversion.standalone.cli.invert;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.saminversion.inversion.engine.BatchRun;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.Quality;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.RefinedMap;
import org.saminversion.inversion.invertibility.RefinedMapPicture;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.ProgressBar;
import org.saminversion.standalone.cli.options.OpenBundle;

/** Inverts pictures with the same settings, several in one program, and writes the results of each into its folder. */
final class PictureInversion {
    /** Steps between two updates of the progress bar: about half a second for a small generator on two cores. */
    private static final int CHUNK_STEPS = 10;

    /** Hears what came of each picture of a group. */
    interface Outcomes {
        void finished(InversionReport report);

        void failed(String label, JobFailure failure);
    }

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
     * Reads a picture and makes its folder ready.
     *
     * @param again do it even if the folder holds the finished result of the same picture and settings
     * @param finished hears that result, if there is one and it need not be done again
     * @return what is left to do
     * @throws JobFailure if the picture cannot be read
     * @throws IOException if the folder cannot be used
     */
    Optional<PreparedPicture> prepare(
            NamedPicture picture, Path folder, boolean again, Consumer<InversionReport> finished) throws IOException {
        RgbImage photograph = picture.source().get();
        Fingerprint fingerprint = Fingerprint.of(
                photograph, bundle.bundle().name(), bundle.bundle().sha256(), settings, engine);
        ResultFile result = new ResultFile(folder);
        Optional<InversionReport> earlier = again ? Optional.empty() : result.finishedWith(fingerprint);
        if (earlier.isPresent()) {
            console.note(picture.label() + ": finished before with the same settings, skipped (--again redoes it)");
            finished.accept(earlier.get());
            return Optional.empty();
        }
        OutputFolder.removeUnfinished(OutputFolder.ready(folder));
        result.delete();
        return Optional.of(new PreparedPicture(picture.label(), folder, photograph, fingerprint));
    }

    /**
     * Inverts pictures in one program. The time of each is its part of the whole.
     *
     * @throws IOException if the results cannot be written
     */
    void invert(List<PreparedPicture> group, Outcomes outcomes) throws IOException {
        Instant start = console.clock().instant();
        String title = group.size() == 1
                ? group.get(0).label()
                : group.get(0).label() + " and " + (group.size() - 1) + " more";
        List<Optional<InvertibilityMap>> maps = measuredMaps(title, group);
        List<InversionRequest> requests = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            requests.add(new InversionRequest(group.get(i).photograph(), settings, maps.get(i)));
        }
        try (BatchRun run = bundle.engine().start(requests)) {
            optimise(title, run);
            Duration each = Duration.between(start, console.clock().instant()).dividedBy(group.size());
            for (int i = 0; i < group.size(); i++) {
                try {
                    outcomes.finished(write(group.get(i), maps.get(i), run.latents(i), each));
                } catch (JobFailure.Poisoned failure) {
                    outcomes.failed(group.get(i).label(), failure);
                }
            }
        }
    }

    private List<Optional<InvertibilityMap>> measuredMaps(String title, List<PreparedPicture> group) {
        if (!bundle.engine().method(settings).needsMap()) {
            return Collections.nCopies(group.size(), Optional.empty());
        }
        List<RgbImage> photographs =
                group.stream().map(PreparedPicture::photograph).toList();
        try (ProgressBar bar = new ProgressBar(console, title + ": map")) {
            return bundle.engine().measureInvertibility(photographs, settings, bar).stream()
                    .map(Optional::of)
                    .toList();
        }
    }

    private void optimise(String title, BatchRun run) {
        try (ProgressBar bar = new ProgressBar(console, title + ": inversion")) {
            while (run.step() < run.steps()) {
                OptionalDouble meanLoss = run.advance(CHUNK_STEPS).stream()
                        .filter(losses -> !losses.isEmpty())
                        .mapToDouble(losses -> losses.get(losses.size() - 1).total())
                        .average();
                meanLoss.ifPresent(loss -> bar.progressed(run.step(), run.steps(), loss));
            }
        }
    }

    private InversionReport write(
            PreparedPicture picture, Optional<InvertibilityMap> map, Latents latents, Duration time)
            throws IOException {
        InversionEngine engine = bundle.engine();
        Map<String, String> paths = new TreeMap<>();
        Optional<RefinedMap> refined = map.map(measured -> measured.refine(settings.tau()));
        RgbImage reconstruction = engine.render(latents);
        Quality quality = engine.quality(picture.photograph(), reconstruction);
        Path folder = picture.folder();
        PngWriter.write(reconstruction, file(folder, "reconstruction.png", "reconstruction", paths));
        LatentFile.write(latents, LatentFile.Precision.HALF, file(folder, "latents.safetensors", "latents", paths));
        refined.ifPresent(
                choice -> PngWriter.write(RefinedMapPicture.plain(choice), file(folder, "map.png", "map", paths)));
        InversionReport report = new InversionReport(
                picture.label(),
                quality.psnrDecibel(),
                quality.lpips(),
                shares(refined),
                time.toMillis() / 1000.0,
                settings.steps(),
                Collections.unmodifiableMap(paths));
        new ResultFile(folder).write(picture.fingerprint(), report);
        return report;
    }

    /** By space, those without a share left out. */
    private Map<String, Double> shares(Optional<RefinedMap> refined) {
        Map<String, Double> shares = new LinkedHashMap<>();
        if (refined.isEmpty()) {
            shares.putAll(bundle.engine().method(settings).shares());
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
