package org.saminversion.standalone.cli.directions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.text.ChannelEffects;
import org.saminversion.inversion.text.ChannelMeasurement;
import org.saminversion.inversion.text.ClipNetwork;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.ProgressBar;
import org.saminversion.standalone.cli.options.BundleToChange;
import org.saminversion.standalone.cli.options.EngineOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures what directions by text are made of (StyleCLIP). */
@Command(
        name = "channels",
        description = {
            "Measure what each channel of the generator's style space does, as the bundle's CLIP sees it (StyleCLIP).",
            "",
            "Needed once, before directions text. It renders two images per channel and image, and shows them to CLIP:"
                    + " hours for large generators. The same command goes on where it was stopped."
        })
final class DirectionsChannelsCommand implements Callable<Integer> {
    @ParentCommand
    private DirectionsCommand parent;

    @Mixin
    private BundleToChange bundle;

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "100",
            description = "Random images that every channel is moved in. Default: ${DEFAULT-VALUE}.")
    private int images;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "Random images that each channel's mean and standard deviation are taken over. Default: ${DEFAULT-VALUE}.")
    private int samples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "5",
            description = "Seeds these images. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "Images in one program, an even number. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/channels",
            description =
                    "Where the measurement is kept; with more --images it goes on there too. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        OutputFolder.removeUnfinished(OutputFolder.ready(out));
        ModelBundle opened = bundle.find(parent.sam());
        EngineOptions options = engine.options(parent.sam().console());
        ChannelMeasurement.Extent extent = new ChannelMeasurement.Extent(images, samples, seed, batch);
        ChannelEffects effects;
        try (ClipNetwork clip = ClipNetwork.open(opened, options.runtime());
                ChannelMeasurement measurement = new ChannelMeasurement(opened, clip, extent, options);
                ProgressBar progress = new ProgressBar(parent.sam().console(), "measuring")) {
            effects = measurement.measure(out, parent.sam().console().clock(), progress);
        }
        ModelBundle written = effects.addTo(opened);
        parent.sam()
                .console()
                .out()
                .println("measured the channels of " + written.name() + "'s style space in " + images + " images");
        return ExitCode.SUCCESS;
    }
}
