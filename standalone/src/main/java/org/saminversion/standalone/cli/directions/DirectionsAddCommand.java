package org.saminversion.standalone.cli.directions;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.DirectionFamily;
import org.saminversion.inversion.direction.DirectionFile;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.options.BundleToChange;
import org.saminversion.standalone.cli.options.LayersOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Adds an edit direction to a bundle. */
@Command(name = "add", description = "Add an edit direction from a file to a bundle.")
final class DirectionsAddCommand implements Callable<Integer> {
    @ParentCommand
    private DirectionsCommand parent;

    @Parameters(
            paramLabel = "FILE",
            description = "A .npy or .safetensors file of the shape [w], [1,w], [L,w] or [1,L,w].")
    private Path file;

    @Mixin
    private BundleToChange bundle;

    @Option(names = "--name", required = true, description = "What to call the direction, such as smile.")
    private String name;

    @Option(
            names = "--tensor",
            defaultValue = DirectionDescription.TENSOR,
            description = "Its name within a .safetensors file. Default: ${DEFAULT-VALUE}.")
    private String tensor;

    @Mixin
    private LayersOption layers;

    @Override
    public Integer call() {
        ModelBundle opened = bundle.find(parent.sam());
        GeneratorDescription generator = opened.description().generator();
        LayerRange range = layers.range(generator.styles());
        Tensor offsets = DirectionFile.read(file, tensor, generator.styles(), generator.wDim(), range);
        DirectionsCommand.requireUnused(name, opened);
        DirectionFamily.of(name, range, offsets, Map.of("imported-from", String.valueOf(file.getFileName())))
                .addTo(opened);
        parent.sam().console().out().println("added direction " + name + " to " + opened.folder());
        return ExitCode.SUCCESS;
    }
}
