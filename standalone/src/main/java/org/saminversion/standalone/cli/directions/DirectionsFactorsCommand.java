package org.saminversion.standalone.cli.directions;

import java.util.concurrent.Callable;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.ComponentDirections;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.standalone.cli.options.BundleToChange;
import org.saminversion.standalone.cli.options.LayersOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Gives a bundle factors of its generator's weights as directions (SeFa). */
@Command(
        name = "factors",
        description =
                "Give a bundle factors of its generator's weights as directions NAME-00 and so on (SeFa). They replace "
                        + "those of the same name.")
final class DirectionsFactorsCommand implements Callable<Integer> {
    @ParentCommand
    private DirectionsCommand parent;

    @Mixin
    private BundleToChange bundle;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many, the most effective first. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--name", defaultValue = "sefa", description = "What they are called. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Mixin
    private LayersOption layers;

    @Override
    public Integer call() {
        ModelBundle opened = bundle.find(parent.sam());
        LayerRange range = layers.range(opened.description().generator().styles());
        return parent.add(ComponentDirections.ofWeights(opened, name, count, range), opened);
    }
}
