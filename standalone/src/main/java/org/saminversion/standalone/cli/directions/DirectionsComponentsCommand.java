package org.saminversion.standalone.cli.directions;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.ComponentDirections;
import org.saminversion.inversion.direction.Convention;
import org.saminversion.inversion.direction.DirectionFamily;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.standalone.cli.options.BundleToChange;
import org.saminversion.standalone.cli.options.LayersOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Gives a bundle principal components of W as directions (GANSpace). */
@Command(
        name = "components",
        description = {
            "Give a bundle principal components of W as directions NAME-00, NAME-01 and so on (GANSpace).",
            "",
            "They replace those of the same name. What a strength means: relative, it is added; centred, every style"
                    + " ends up there; absolute, the first style would end up there and all move by the same (GANSpace's"
                    + " demonstrations, e4e); opposite, the same towards the other side of the mean."
        })
final class DirectionsComponentsCommand implements Callable<Integer> {
    @ParentCommand
    private DirectionsCommand parent;

    @Mixin
    private BundleToChange bundle;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many, the widest first. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Components of GANSpace (.npz) or e4e (.pt). Default: those of the bundle's statistics.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--name", defaultValue = "pca", description = "What they are called. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Option(
            names = "--convention",
            paramLabel = "WORD",
            defaultValue = "relative",
            description = "What a strength means, see above. Default: ${DEFAULT-VALUE}.")
    private String convention;

    @Mixin
    private LayersOption layers;

    @Override
    public Integer call() {
        ModelBundle opened = bundle.find(parent.sam());
        LayerRange range = layers.range(opened.description().generator().styles());
        DirectionFamily family = file.map(path -> ComponentDirections.ofFile(opened, path, name, count, range))
                .orElseGet(() -> ComponentDirections.ofStatistics(opened, name, count, range));
        return parent.add(family.with(convention(), family.mean()), opened);
    }

    private Convention convention() {
        try {
            return Convention.parse(convention);
        } catch (IllegalArgumentException unknown) {
            throw new JobFailure.Rejected("parameter-out-of-range", unknown.getMessage(), unknown);
        }
    }
}
