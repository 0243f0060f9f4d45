package org.saminversion.inversion.direction;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

/** The directions that a bundle ships. */
public record BundleDirections(ModelBundle bundle) {
    /** In the order of the bundle. */
    public List<String> names() {
        return bundle.description().directions().stream()
                .map(DirectionDescription::name)
                .toList();
    }

    /** @throws JobFailure.Rejected of kind {@code direction-unknown} with the known names */
    public DirectionDescription describe(String name) {
        return bundle.description()
                .direction(name)
                .orElseThrow(() -> new JobFailure.Rejected(
                        "direction-unknown",
                        "bundle " + bundle.name() + " has no direction '" + name + "'; "
                                + (names().isEmpty() ? "it has none" : "it has " + String.join(", ", names()))));
    }

    /** @throws JobFailure.Rejected of kind {@code direction-unknown} if it is neither a direction nor a class of the generator */
    public void requireKnown(String name) {
        if (ClassEdit.label(name, bundle.description().generator()).isEmpty()) {
            describe(name);
        }
    }

    /**
     * What a direction does to codes; for BigGAN, {@code class-207} and the like are known too.
     *
     * @throws JobFailure.Rejected if it is unknown, damaged or does not fit the generator
     */
    public StyleEdit edit(String name) {
        return ClassEdit.label(name, bundle.description().generator())
                .<StyleEdit>map(label -> ClassEdit.of(label, bundle))
                .orElseGet(() -> switch (describe(name).space()) {
                    case W_PLUS -> load(name);
                    case STYLE_CHANNELS -> channels(describe(name));
                });
    }

    private ChannelDirection channels(DirectionDescription description) {
        Path file = bundle.file(description.file());
        Tensor offsets = SafetensorsFile.read(file).tensor(description.tensor());
        if (offsets.type() != ElementType.FLOAT32
                || offsets.shape().rank() != 3
                || offsets.shape().size(0) != 1) {
            throw new JobFailure.Rejected(
                    DirectionFile.INVALID,
                    file + ": a direction of the style space has the shape [1,convolutions,channels], not " + offsets);
        }
        return new ChannelDirection(description.name(), offsets);
    }

    /**
     * Reads a direction of style vectors from its file.
     *
     * @throws JobFailure.Rejected if it is unknown, damaged or does not fit the generator
     */
    public EditDirection load(String name) {
        DirectionDescription description = describe(name);
        GeneratorDescription generator = bundle.description().generator();
        return new EditDirection(
                name,
                DirectionFile.read(
                        bundle.file(description.file()),
                        description.tensor(),
                        generator.styles(),
                        generator.wDim(),
                        description.layers()),
                description.usefulFrom(),
                description.usefulTo(),
                description.convention(),
                mean(description, generator.wDim()));
    }

    /** That of the direction's file, or else that of the bundle. */
    private Tensor mean(DirectionDescription description, int width) {
        Path file = bundle.file(description.file());
        Optional<Tensor> own = file.toString().endsWith(".npy")
                ? Optional.empty()
                : Optional.ofNullable(SafetensorsFile.read(file).tensors().get(DirectionFamily.MEAN));
        Tensor mean = own.orElseGet(
                () -> SafetensorsFile.read(bundle.statisticsFile()).tensor("w_mean"));
        if (mean.shape().elements() != width) {
            throw new JobFailure.Rejected(
                    DirectionFile.INVALID, file + ": its mean is " + mean + " where " + width + " numbers fit");
        }
        return mean.reshape(width);
    }
}
