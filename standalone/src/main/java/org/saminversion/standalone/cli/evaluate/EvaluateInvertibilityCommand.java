package org.saminversion.standalone.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.training.invertibility.ErrorMaps;
import org.saminversion.inversion.training.invertibility.ErrorMeasurement;
import org.saminversion.inversion.training.invertibility.ErrorSamples;
import org.saminversion.inversion.training.invertibility.InvertibilityEvaluation;
import org.saminversion.inversion.training.invertibility.InvertibilityQuality;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.ProgressBar;
import org.saminversion.standalone.cli.options.BundleOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Compares predicted invertibility maps with measured ones. */
@Command(
        name = "invertibility",
        description = {
            "Compare a bundle's predicted invertibility maps with those of an oracle.",
            "",
            "The oracle measures the map of every image, as sam does without a network. Its errors are kept: the next"
                    + " evaluation of the same images takes seconds.",
        })
final class EvaluateInvertibilityCommand implements Callable<Integer> {
    @ParentCommand
    private EvaluateCommand parent;

    @Mixin
    private BundleOption bundle;

    @Option(
            names = "--images",
            paramLabel = "PATH",
            required = true,
            arity = "1..*",
            description = "Photographs: folders, image files, ZIP archives, or .npz files with an array images.")
    private List<Path> images;

    @Option(names = "--limit", paramLabel = "N", description = "Take the first N images. Default: all.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--tau",
            paramLabel = "ERROR",
            description = "Error ceiling by which spaces are chosen, 0 to 2. Default: that of the bundle.")
    private Optional<Double> tau = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/evaluated",
            description = "Where the oracle's errors are kept. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Console console = parent.console();
        if (limit.orElse(1) < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--limit must be at least 1, not " + limit.get());
        }
        ModelBundle found = bundle.find(parent);
        OutputFolder.ready(out);
        List<NamedPicture> all = NamedPictures.of(images, limit.orElse(Integer.MAX_VALUE));
        List<NamedPicture> taken = all.subList(0, Math.min(all.size(), limit.orElse(all.size())));
        try (SamEngine engine = SamEngine.open(found, EngineOptions.standard().with(RuntimeOptions.withThreads(1)))) {
            ErrorSamples oracle = oracle(console, engine, taken);
            if (oracle.size() == 0) {
                throw new JobFailure.Rejected("image-missing", "there are no readable images in " + images);
            }
            InvertibilityQuality quality = InvertibilityEvaluation.of(
                    engine, oracle, tau.orElse(found.description().defaultTau()));
            print(console, quality);
        }
        return ExitCode.SUCCESS;
    }

    private ErrorSamples oracle(Console console, SamEngine engine, List<NamedPicture> taken) {
        ErrorMaps maps = new ErrorMaps(out, engine.bundle(), "measured-map");
        int programs = Runtime.getRuntime().availableProcessors();
        try (ProgressBar bar = new ProgressBar(console, "oracle")) {
            new ErrorMeasurement(
                            engine.bundle().description().layout(),
                            ErrorMeasurement.measuredMaps(engine),
                            maps,
                            1,
                            programs)
                    .run(taken, bar)
                    .unreadable()
                    .forEach(line -> console.note("skipped " + line));
        }
        List<RgbImage> targets = new ArrayList<>();
        for (NamedPicture picture : taken) {
            try {
                targets.add(engine.bundle()
                        .description()
                        .layout()
                        .target(picture.source().get()));
            } catch (JobFailure.Rejected unreadable) {
                // It was listed above.
            }
        }
        return ErrorSamples.of(targets, maps);
    }

    private void print(Console console, InvertibilityQuality quality) {
        console.out().println("| space | mean error | correlation | of the mean map | counts |");
        console.out().println("|---|--:|--:|--:|---|");
        quality.spaces()
                .forEach((space, of) -> console.out()
                        .printf(
                                Locale.ROOT,
                                "| %s | %.3f | %.3f | %s | %s |%n",
                                space,
                                of.meanError(),
                                of.correlation(),
                                of.ofMeanMap().isPresent()
                                        ? String.format(
                                                Locale.ROOT,
                                                "%.3f",
                                                of.ofMeanMap().getAsDouble())
                                        : "unknown",
                                quality.counts(space) ? "yes" : "no"));
        console.out()
                .printf(
                        Locale.ROOT,
                        "%d images: correlation %.3f%s; of %d segments %.1f %% get the oracle's space, %.1f %% that or one"
                                + " beside it%n",
                        quality.pictures(),
                        quality.correlation(),
                        quality.meanMapCorrelation().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        ", of the mean map %.3f",
                                        quality.meanMapCorrelation().getAsDouble())
                                : "",
                        quality.segments(),
                        100 * quality.sameSpace(),
                        100 * quality.withinOneSpace());
        if (json) {
            console.out().println(json(quality));
        }
    }

    private static ObjectNode json(InvertibilityQuality quality) {
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("images", quality.pictures())
                .put("correlation", quality.correlation());
        quality.meanMapCorrelation().ifPresent(value -> root.put("mean_map_correlation", value));
        root.put("segments", quality.segments())
                .put("same_space", quality.sameSpace())
                .put("within_one_space", quality.withinOneSpace());
        ObjectNode spaces = root.putObject("spaces");
        quality.spaces().forEach((space, of) -> {
            ObjectNode fields = spaces.putObject(space.toString())
                    .put("mean_error", of.meanError())
                    .put("correlation", of.correlation());
            of.ofMeanMap().ifPresent(value -> fields.put("mean_map_correlation", value));
            fields.put("counts", quality.counts(space));
        });
        return root;
    }
}
