package org.saminversion.standalone.cli.directions;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.DirectionFamily;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.TextOptimisation;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.inversion.text.ClipNetwork;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.ProgressBar;
import org.saminversion.standalone.cli.options.BundleToChange;
import org.saminversion.standalone.cli.options.EngineOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Finds a direction for one photograph by optimisation (StyleCLIP's latent optimisation). */
@Command(
        name = "optimise",
        description = {
            "Find the direction in which one photograph comes to fit a text, and give it to a bundle (StyleCLIP's latent"
                    + " optimisation).",
            "",
            "At strength 1 an edit with it is what was found. It needs no directions channels before."
        })
final class DirectionsOptimiseCommand implements Callable<Integer> {
    @ParentCommand
    private DirectionsCommand parent;

    @Parameters(paramLabel = "LATENTS", description = "A latent file, as invert writes it.")
    private Path latents;

    @Mixin
    private BundleToChange bundle;

    @Mixin
    private EngineOption engine;

    @Option(names = "--name", required = true, description = "What to call the direction, such as anna-smiles.")
    private String name;

    @Option(
            names = "--text",
            required = true,
            description = "What the edited picture is to show, such as \"a smiling face\".")
    private String text;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "" + TextOptimisation.Settings.STEPS,
            description = "Optimisation steps. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            defaultValue = "" + TextOptimisation.Settings.LEARNING_RATE,
            description = "Of Adam, between the ramps. Default: ${DEFAULT-VALUE}.")
    private double learningRate;

    @Option(
            names = "--distance-weight",
            paramLabel = "W",
            defaultValue = "" + TextOptimisation.Settings.DISTANCE_WEIGHT,
            description =
                    "Weight of the squared distance from the photograph's style vectors. Default: ${DEFAULT-VALUE}.")
    private double distanceWeight;

    @Override
    public Integer call() {
        ModelBundle opened = bundle.find(parent.sam());
        DirectionsCommand.requireUnused(name, opened);
        TextOptimisation.Settings settings = new TextOptimisation.Settings(steps, learningRate, distanceWeight);
        Latents read = LatentFile.read(latents);
        EngineOptions options = engine.options(parent.sam().console());
        TextOptimisation.Outcome outcome;
        try (ClipNetwork clip = ClipNetwork.open(opened, options.runtime());
                ProgressBar progress = new ProgressBar(parent.sam().console(), "optimising")) {
            outcome = new TextOptimisation(opened, clip, options).run(read, text, settings, progress);
        }
        DirectionFamily.of(
                        name,
                        LayerRange.all(opened.description().generator().styles()),
                        outcome.offsets(),
                        Map.of(
                                "kind",
                                "towards a text for one photograph (StyleCLIP's latent optimisation)",
                                "text",
                                text,
                                "photograph",
                                String.valueOf(latents.getFileName()),
                                "strength",
                                "1 = as far as the optimisation went"))
                .addTo(opened);
        parent.sam()
                .console()
                .out()
                .println(String.format(
                        Locale.ROOT,
                        "added direction %s to %s; the cosine of picture and text went from %.3f to %.3f",
                        name,
                        opened.folder(),
                        outcome.before(),
                        outcome.after()));
        return ExitCode.SUCCESS;
    }
}
