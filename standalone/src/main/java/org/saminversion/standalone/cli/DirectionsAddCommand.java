package org.saminversion.standalone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.DirectionFile;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.space.LayerRange;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--bundle",
            paramLabel = "NAME|DIR",
            required = true,
            description = "The bundle to change: one of the folder models, or the folder of another one.")
    private String bundle;

    @Option(names = "--name", required = true, description = "What to call the direction, such as smile.")
    private String name;

    @Option(
            names = "--tensor",
            defaultValue = DirectionDescription.TENSOR,
            description = "Its name within a .safetensors file. Default: ${DEFAULT-VALUE}.")
    private String tensor;

    @Option(
            names = "--layers",
            paramLabel = "FROM-TO",
            description = "The styles that it changes, the end not included, such as 0-5. Default: all.")
    private Optional<String> layers = Optional.empty();

    @Override
    public Integer call() {
        ModelBundle opened = BundleOption.find(bundle, parent.sam());
        BundleDescription description = opened.description();
        GeneratorDescription generator = description.generator();
        LayerRange range = layers.map(DirectionsAddCommand::range).orElse(LayerRange.all(generator.styles()));
        Tensor offsets = DirectionFile.read(file, tensor, generator.styles(), generator.wDim(), range);
        DirectionDescription added = description(range);
        if (description.direction(name).isPresent()) {
            throw new JobFailure.Rejected(
                    "direction-exists", "the bundle has a direction " + name + " already: choose another --name");
        }

        // The new file first: until bundle.yaml names it, the bundle is as it was.
        SafetensorsFile.of(Map.of(DirectionDescription.TENSOR, offsets), Map.of("imported-from", fileName()))
                .write(opened.folder().resolve(added.file()));
        List<DirectionDescription> directions = new ArrayList<>(description.directions());
        directions.add(added);
        BundleWriter.write(opened.folder(), description.withDirections(directions));
        parent.sam().console().out().println("added direction " + name + " to " + opened.folder());
        return ExitCode.SUCCESS;
    }

    private DirectionDescription description(LayerRange range) {
        try {
            return new DirectionDescription(
                    name,
                    "directions/" + name + ".safetensors",
                    DirectionDescription.TENSOR,
                    range,
                    -DirectionDescription.USEFUL,
                    DirectionDescription.USEFUL);
        } catch (IllegalArgumentException misnamed) {
            throw new JobFailure.Rejected("parameter-out-of-range", misnamed.getMessage(), misnamed);
        }
    }

    private String fileName() {
        return String.valueOf(file.getFileName());
    }

    private static LayerRange range(String text) {
        try {
            String[] ends = text.split("-", 2);
            return new LayerRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        } catch (RuntimeException malformed) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "--layers is two style numbers such as 0-5, the end not included; not " + text,
                    malformed);
        }
    }
}
