package org.saminversion.standalone.cli.directions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.DirectionFamily;
import org.saminversion.inversion.direction.LearnedDirection;
import org.saminversion.inversion.engine.BatchRun;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.ProgressBar;
import org.saminversion.standalone.cli.options.BundleToChange;
import org.saminversion.standalone.cli.options.EngineOption;
import org.saminversion.standalone.cli.options.LayersOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Learns an edit direction from labelled photographs (InterFaceGAN). */
@Command(
        name = "learn",
        description =
                "Learn an edit direction from labelled images: invert them, and tell the style vectors of the ones"
                        + " from those of the others by a linear classifier (InterFaceGAN).")
final class DirectionsLearnCommand implements Callable<Integer> {
    @ParentCommand
    private DirectionsCommand parent;

    @Mixin
    private BundleToChange bundle;

    @Mixin
    private EngineOption engine;

    @Option(names = "--name", required = true, description = "What to call the direction, such as smile.")
    private String name;

    @Option(
            names = "--images",
            paramLabel = "DIR|FILE",
            required = true,
            description = "A folder or archive of images, or an .npz file as invert takes it.")
    private Path images;

    @Option(
            names = "--labels",
            paramLabel = "ARRAY|FILE",
            required = true,
            description =
                    "The array of the .npz file with 1 for images that have it and 0 for others, or a text file with "
                            + "lines such as face.png,1.")
    private String labels;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "400",
            description = "Take the first N images. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--method",
            defaultValue = "wplus",
            description =
                    "How to invert them, such as e4e or stylegan2-w (see: sam methods). Default: ${DEFAULT-VALUE}.")
    private String method;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "60",
            description = "Optimisation steps of each. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "Images in one program. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Mixin
    private LayersOption layers;

    @Override
    public Integer call() {
        ModelBundle opened = bundle.find(parent.sam());
        LayerRange range = layers.range(opened.description().generator().styles());
        DirectionsCommand.requireUnused(name, opened);
        List<NamedPicture> pictures =
                NamedPictures.of(List.of(images), limit).stream().limit(limit).toList();
        boolean[] has = PictureLabels.of(labels, images, pictures);
        List<double[]> styles;
        try (SamEngine open = SamEngine.open(opened, engine.options(parent.sam().console()))) {
            styles = inverted(open, pictures, range);
        }
        SafetensorsFile statistics = SafetensorsFile.read(opened.statisticsFile());
        LearnedDirection learned = LearnedDirection.of(
                styles, has, statistics.tensor("w_mean").toDoubles(), statistics.tensor("w_covariance"));
        String accuracy = String.format(Locale.ROOT, "%.1f %%", 100 * learned.accuracy());
        DirectionFamily.of(
                        name,
                        range,
                        learned.direction(),
                        Map.of(
                                "kind",
                                "learned from labelled photographs",
                                "photographs",
                                Integer.toString(learned.photographs()),
                                "accuracy",
                                accuracy,
                                "strength",
                                "1 = one standard deviation of W along the direction"))
                .addTo(opened);
        parent.sam()
                .console()
                .out()
                .println("learned direction " + name + " from " + learned.photographs()
                        + " images; of images that it was not fitted to, the classifier tells " + accuracy + " right");
        return ExitCode.SUCCESS;
    }

    /** The mean style of each photograph over the layers of the direction. */
    private List<double[]> inverted(SamEngine open, List<NamedPicture> pictures, LayerRange range) {
        InversionSettings settings =
                new InversionSettings(method, open.bundle().description().defaultTau(), steps, 0);
        if (open.method(settings).needsMap()) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "a direction is learned in W or W+: choose another --method than " + method);
        }
        List<double[]> styles = new ArrayList<>();
        try (ProgressBar progress = new ProgressBar(parent.sam().console(), "inverting")) {
            for (int from = 0; from < pictures.size(); from += batch) {
                List<InversionRequest> requests =
                        pictures.subList(from, Math.min(pictures.size(), from + batch)).stream()
                                .map(picture ->
                                        new InversionRequest(picture.source().get(), settings, Optional.empty()))
                                .toList();
                try (BatchRun run = open.start(requests)) {
                    run.advance(steps);
                    for (int i = 0; i < requests.size(); i++) {
                        styles.add(mean(run.latents(i), range));
                    }
                }
                progress.progressed(styles.size(), pictures.size(), Double.NaN);
            }
        }
        return styles;
    }

    private static double[] mean(Latents latents, LayerRange range) {
        double[] wplus = latents.wplus().toDoubles();
        double[] mean = new double[latents.wDim()];
        for (int i = range.start() * mean.length; i < range.end() * mean.length; i++) {
            mean[i % mean.length] += wplus[i] / (range.end() - range.start());
        }
        return mean;
    }
}
