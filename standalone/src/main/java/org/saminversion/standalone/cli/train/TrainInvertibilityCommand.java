package org.saminversion.standalone.cli.train;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.engine.TrialSteps;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.training.TrainingSettings;
import org.saminversion.inversion.training.invertibility.ErrorMaps;
import org.saminversion.inversion.training.invertibility.ErrorMeasurement;
import org.saminversion.inversion.training.invertibility.ErrorSamples;
import org.saminversion.inversion.training.invertibility.InvertibilityTraining;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.ProgressBar;
import org.saminversion.standalone.cli.options.BundleToChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Trains the network that predicts invertibility maps and adds it to its bundle. */
@Command(
        name = "invertibility",
        description = {
            "Train the network that predicts invertibility maps, and add it to the bundle.",
            "",
            "First every image is inverted into each candidate space, then the network learns the errors that are left."
                    + " The same command goes on where it was stopped.",
        })
final class TrainInvertibilityCommand implements Callable<Integer> {
    private static final int STEPS_PER_RUN = 10;

    @ParentCommand
    private TrainCommand parent;

    @Mixin
    private BundleToChange bundle;

    @Option(
            names = "--images",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Photographs: folders, image files, ZIP archives, or .npz files with an array images.")
    private List<Path> images = List.of();

    @Option(
            names = "--maps-from",
            paramLabel = "URL",
            description = {
                "Learn also from the maps that a service has measured in inversions with the bundle of this name.",
                "The environment variable SAM_API_KEY holds the key, if the service asks for one.",
            })
    private Optional<URI> mapsFrom = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder of the training: inversions, checkpoints, training.jsonl, training.svg.")
    private Path out;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Take N images, drawn by the seed. Default: all, of which a few hundred are enough.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--features-every",
            paramLabel = "N",
            defaultValue = "3",
            description = "Invert every Nth image into the feature spaces too, the others into W+ only."
                    + " Default: ${DEFAULT-VALUE}.")
    private int featuresEvery;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Training steps of 8 images. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--steps-per-checkpoint",
            paramLabel = "N",
            defaultValue = "50",
            description = "Training steps between checkpoints. Default: ${DEFAULT-VALUE}.")
    private int stepsPerCheckpoint;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "8",
            description = "End after so many checkpoints without a better validation loss. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seeds everything random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        requireCounts();
        Console console = parent.console();
        ModelBundle found = bundle.find(parent);
        OutputFolder.ready(out);
        List<NamedPicture> pictures = new ArrayList<>(NamedPictures.of(images, Integer.MAX_VALUE));
        // Any number of them is a fair sample then, also if the inversions are stopped early.
        Collections.shuffle(pictures, new Random(seed));
        List<NamedPicture> taken = pictures.subList(0, Math.min(pictures.size(), limit.orElse(pictures.size())));
        ErrorMaps maps = new ErrorMaps(out, found, TrialSteps.STANDARD.label());
        measure(console, found, taken, maps);
        ErrorSamples samples = ErrorSamples.of(targets(taken, found), maps);
        if (mapsFrom.isPresent()) {
            samples = samples.and(ofService(console, found, mapsFrom.get()));
        }
        ModelBundle trained = train(console, found, samples);
        TrainingReport.drawCurve(out, "Training of the invertibility network");
        console.out().println("added the invertibility network to " + trained.folder());
        return ExitCode.SUCCESS;
    }

    private ErrorSamples ofService(Console console, ModelBundle found, URI service)
            throws IOException, InterruptedException {
        ErrorMaps maps = new ErrorMaps(out, found, "service");
        List<RgbImage> targets =
                new MapsOfService(service, Optional.ofNullable(System.getenv("SAM_API_KEY"))).fetch(found, maps);
        console.note(targets.size() + " maps of the service");
        return ErrorSamples.of(targets, maps);
    }

    private void requireCounts() {
        if (images.isEmpty() && mapsFrom.isEmpty()) {
            throw new JobFailure.Rejected("image-missing", "give --images, or --maps-from a service, or both");
        }
        if (featuresEvery < 1 || steps < 1 || stepsPerCheckpoint < 1 || patience < 1 || limit.orElse(1) < 1) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "--limit, --features-every, --steps, --steps-per-checkpoint and --patience must be at least 1");
        }
    }

    /** One thread for each program and as many programs as processors: at few pixels the fastest. */
    private void measure(Console console, ModelBundle found, List<NamedPicture> taken, ErrorMaps maps) {
        int programs = Runtime.getRuntime().availableProcessors();
        try (SamEngine engine = SamEngine.open(found, EngineOptions.standard().with(RuntimeOptions.withThreads(1)));
                ProgressBar bar = new ProgressBar(console, "inversions")) {
            ErrorMeasurement.Outcome outcome = new ErrorMeasurement(
                            found.description().layout(),
                            ErrorMeasurement.trials(engine, TrialSteps.STANDARD),
                            maps,
                            featuresEvery,
                            programs)
                    .run(taken, bar);
            outcome.unreadable().forEach(line -> console.note("skipped " + line));
            console.note(outcome.measured() + " images inverted, " + outcome.kept() + " had been, "
                    + outcome.unreadable().size() + " skipped");
        }
    }

    private static List<RgbImage> targets(List<NamedPicture> pictures, ModelBundle found) {
        List<RgbImage> targets = new ArrayList<>();
        for (NamedPicture picture : pictures) {
            try {
                targets.add(found.description().layout().target(picture.source().get()));
            } catch (JobFailure.Rejected unreadable) {
                // It was listed when it was to be inverted.
            }
        }
        return targets;
    }

    private ModelBundle train(Console console, ModelBundle found, ErrorSamples samples) {
        try (TrainingReport report = new TrainingReport(console, "training  ")) {
            return new InvertibilityTraining(found, seed, RuntimeOptions.standard())
                    .run(
                            samples,
                            new TrainingSettings(steps, STEPS_PER_RUN, stepsPerCheckpoint, patience),
                            out,
                            console.clock(),
                            report);
        }
    }
}
