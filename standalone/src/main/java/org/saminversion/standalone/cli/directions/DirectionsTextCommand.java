package org.saminversion.standalone.cli.directions;

import java.util.Map;
import java.util.concurrent.Callable;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.DirectionFamily;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.inversion.text.ChannelEffects;
import org.saminversion.inversion.text.ClipNetwork;
import org.saminversion.inversion.text.TextDirection;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.options.BundleToChange;
import org.saminversion.standalone.cli.options.LayersOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes an edit direction from a text (StyleCLIP's global directions). */
@Command(
        name = "text",
        description =
                "Give a bundle the direction from one text to another, in the generator's style space (StyleCLIP's global"
                        + " directions). Run directions channels once before.")
final class DirectionsTextCommand implements Callable<Integer> {
    /** Up to where StyleCLIP's examples go. */
    private static final double USEFUL = 5;

    @ParentCommand
    private DirectionsCommand parent;

    @Mixin
    private BundleToChange bundle;

    @Option(names = "--name", required = true, description = "What to call the direction, such as beard.")
    private String name;

    @Option(
            names = "--target",
            paramLabel = "TEXT",
            required = true,
            description = "What edited pictures are to show, such as \"face with beard\".")
    private String target;

    @Option(
            names = "--neutral",
            paramLabel = "TEXT",
            required = true,
            description = "What they show before, such as face.")
    private String neutral;

    @Option(
            names = "--threshold",
            paramLabel = "B",
            defaultValue = "0.1",
            description =
                    "Channels that do less of it stay: higher changes fewer things, 0.08 to 0.2 are usual. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double threshold;

    @Mixin
    private LayersOption layers;

    @Override
    public Integer call() {
        ModelBundle opened = bundle.find(parent.sam());
        DirectionsCommand.requireUnused(name, opened);
        LayerRange range = layers.range(opened.description().generator().styles());
        ChannelEffects effects = ChannelEffects.of(opened);
        double[] change;
        try (ClipNetwork clip = ClipNetwork.open(opened, RuntimeOptions.standard())) {
            change = clip.change(neutral, target);
        }
        TextDirection direction = TextDirection.of(effects, change, threshold, range);
        DirectionFamily.of(
                        name,
                        range,
                        DirectionDescription.Space.STYLE_CHANNELS,
                        USEFUL,
                        direction.offsets(),
                        Map.of(
                                "kind",
                                "from one text to another (StyleCLIP's global direction)",
                                "neutral",
                                neutral,
                                "target",
                                target,
                                "threshold",
                                Double.toString(threshold),
                                "channels",
                                Integer.toString(direction.channels())))
                .addTo(opened);
        parent.sam()
                .console()
                .out()
                .println("added direction " + name + ", which moves " + direction.channels() + " channels, to "
                        + opened.folder());
        return ExitCode.SUCCESS;
    }
}
