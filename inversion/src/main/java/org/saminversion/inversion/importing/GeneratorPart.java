package org.saminversion.inversion.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.saminversion.graph.Shape;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.checkpoint.GeneratorArchitecture;
import org.saminversion.inversion.checkpoint.GeneratorImporter;
import org.saminversion.inversion.checkpoint.ImportedGenerator;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.importing.SourceFiles.Of;
import org.saminversion.inversion.importing.SourceFiles.Source;
import org.saminversion.inversion.network.GeneratorWeights;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.network.biggan.BigGanWeights;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The generator of a new bundle with the statistics of its codes.
 *
 * @param tensors the contents of its file
 * @param warnings what its checkpoint lacked
 */
record GeneratorPart(
        GeneratorDescription description, SafetensorsFile tensors, SafetensorsFile statistics, List<String> warnings) {
    private static final String GENERATOR = "generator.safetensors";
    static final String STATISTICS = "statistics.safetensors";
    /** The paper's deepest feature space. */
    private static final int LAYER_MAX = 10;
    /** Small generators get one more editable space than the paper's 512 pixels have; BigGAN has F2 in the paper. */
    private static final int SMALL_RESOLUTION_MAX = 128;

    /**
     * The generator of the files, if there is one: a file of its own before that within an encoder's file.
     *
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if there are two, or it is not whole
     */
    static Optional<GeneratorPart> of(SourceFiles files, ImportChoices choices) {
        Optional<Source> source = files.only(Checkpoint.Generator.class)
                .map(Of::source)
                .or(() -> files.all(Checkpoint.Encoder.class).stream()
                        .filter(encoder -> encoder.checkpoint().generator().isPresent())
                        .map(Of::source)
                        .findFirst());
        Optional<Of<Checkpoint.BigGanDeep>> bigGan = files.only(Checkpoint.BigGanDeep.class);
        if (source.isPresent() && bigGan.isPresent()) {
            throw bigGan.get()
                    .source()
                    .refused("a bundle has one generator: name this one or "
                            + source.get().path());
        }
        return source.map(found -> styleGan2(found, files, choices))
                .or(() -> bigGan.map(found -> bigGan(found.checkpoint(), files, choices)));
    }

    private static GeneratorPart styleGan2(Source found, SourceFiles files, ImportChoices choices) {
        ImportedGenerator imported = GeneratorImporter.fromCheckpoint(
                found.checkpoint(), found.path().toString());
        GeneratorArchitecture architecture = imported.architecture();
        StyleGan2Weights weights = new StyleGan2Weights(imported.tensors(), architecture.convClamp());
        GeneratorDescription description = new GeneratorDescription(
                GeneratorDescription.Kind.STYLEGAN2,
                GENERATOR,
                architecture.resolution(),
                architecture.zDim(),
                architecture.wDim(),
                architecture.mappingLayers(),
                architecture.convClamp(),
                architecture.classes(),
                1);
        return new GeneratorPart(
                description, imported.toSafetensors(), statistics(weights, files, choices), imported.warnings());
    }

    /** Without truncation: a photograph may show anything. */
    private static GeneratorPart bigGan(Checkpoint.BigGanDeep found, SourceFiles files, ImportChoices choices) {
        SafetensorsFile tensors = SafetensorsFile.of(found.load(), Map.of("format", "biggan-deep"));
        BigGanWeights weights = BigGanWeights.of(tensors.tensors(), 1);
        GeneratorDescription description = new GeneratorDescription(
                GeneratorDescription.Kind.BIGGAN_DEEP,
                GENERATOR,
                weights.resolution(),
                weights.zDimension(),
                weights.wDimension(),
                0,
                OptionalDouble.empty(),
                weights.classes(),
                weights.truncation());
        return new GeneratorPart(description, tensors, statistics(weights, files, choices), List.of());
    }

    private static SafetensorsFile statistics(GeneratorWeights weights, SourceFiles files, ImportChoices choices) {
        return files.only(Checkpoint.StyleStatistics.class)
                .map(given -> given(given, weights.wDimension()))
                .orElseGet(() -> StyleStatistics.of(weights, choices.samples(), choices.seed(), choices.runtime()));
    }

    private static SafetensorsFile given(Of<Checkpoint.StyleStatistics> found, int width) {
        SafetensorsFile statistics =
                SafetensorsFile.of(found.checkpoint().load(), found.checkpoint().metadata());
        for (String tensor : List.of("w_mean", "w_covariance", "v_mean", "v_covariance")) {
            Shape shape = statistics.tensor(tensor).shape();
            if (shape.rank() == 0 || shape.size(-1) != width) {
                throw found.source()
                        .refused(tensor + " has the shape " + shape + ", but the generator's style vectors have "
                                + width + " numbers: these are statistics of another generator");
            }
        }
        return statistics;
    }

    /** W+ and every second feature space; behind one of full size only the last colour layer would follow. */
    List<LatentSpace> candidates() {
        List<LatentSpace> spaces = new ArrayList<>(List.of(LatentSpace.W_PLUS));
        boolean early = description.resolution() <= SMALL_RESOLUTION_MAX
                || description.kind() == GeneratorDescription.Kind.BIGGAN_DEEP;
        for (int layer = early ? 2 : 4; layer <= LAYER_MAX; layer += 2) {
            LatentSpace space = new LatentSpace(layer);
            if (space.resolution() < description.resolution()) {
                spaces.add(space);
            }
        }
        return spaces;
    }

    void write(StagingFolder staging) {
        tensors.write(staging.folder().resolve(GENERATOR));
        statistics.write(staging.folder().resolve(STATISTICS));
    }
}
