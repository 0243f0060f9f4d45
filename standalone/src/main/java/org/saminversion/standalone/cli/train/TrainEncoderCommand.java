package org.saminversion.standalone.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.training.TrainingImages;
import org.saminversion.inversion.training.TrainingSettings;
import org.saminversion.inversion.training.encoder.EncoderTraining;
import org.saminversion.inversion.training.encoder.TrainedKind;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.options.BundleToChange;
import org.saminversion.standalone.cli.options.EngineOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Trains an encoder and adds it to its bundle. */
@Command(
        name = "encoder",
        description = {
            "Train an encoder for a bundle's generator and add it to the bundle.",
            "",
            "The same command goes on where it was stopped.",
        })
final class TrainEncoderCommand implements Callable<Integer> {
    private static final int IMAGES_MIN = 64;
    private static final int STEPS_PER_RUN = 10;

    @ParentCommand
    private TrainCommand parent;

    @Mixin
    private EngineOption engine;

    @Mixin
    private BundleToChange bundle;

    @Option(
            names = "--kind",
            required = true,
            description = {
                "e4e: photographs to style vectors close to the generator's own, by a compact network in the place of e4e.",
                "psp: the same network trained on photographs alone.",
                "restyle: the same that sees its last rendering, in five passes.",
                "sam: a delta for each feature space after the bundle's style vectors, for the method sam-encoder.",
            })
    private TrainedKind kind;

    @Option(
            names = "--images",
            paramLabel = "PATH",
            required = true,
            arity = "1..*",
            description = "Photographs: folders, .zip, .npz with an array images, or image files, mixed.")
    private List<Path> images;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder of the training: checkpoints, training.jsonl, training.svg.")
    private Path out;

    @Option(
            names = "--steps",
            defaultValue = "2000",
            description = "Steps of 24 images (e4e) or 8 (others). Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--steps-per-checkpoint",
            paramLabel = "N",
            defaultValue = "100",
            description = "Steps between checkpoints. Default: ${DEFAULT-VALUE}.")
    private int stepsPerCheckpoint;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "20",
            description = "End after so many checkpoints without a better validation loss. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Option(names = "--seed", defaultValue = "1", description = "Of every draw. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        Console console = parent.console();
        ModelBundle opened = bundle.find(parent);
        TrainingImages read = TrainingImages.read(
                NamedPictures.of(images, Integer.MAX_VALUE),
                opened.description().layout());
        try (TrainingReport report = new TrainingReport(console, "train encoder")) {
            report.skipped(read.skipped());
            read.requireAtLeast(IMAGES_MIN);
            console.note("training on " + read.images().size() + " images, "
                    + read.skipped().size() + " skipped");
            new EncoderTraining(opened, engine.options(console), seed)
                    .run(
                            kind,
                            read.images(),
                            new TrainingSettings(steps, STEPS_PER_RUN, stepsPerCheckpoint, patience),
                            out,
                            console.clock(),
                            report);
        }
        TrainingReport.drawCurve(out, "Training of the encoder of " + opened.name());
        console.out().println("added the encoder to " + opened.folder());
        return ExitCode.SUCCESS;
    }
}
