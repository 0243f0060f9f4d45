package org.saminversion.inversion.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saminversion.graph.Shape;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.checkpoint.GeneratorArchitecture;
import org.saminversion.inversion.checkpoint.GeneratorImporter;
import org.saminversion.inversion.checkpoint.ImportedGenerator;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.importing.SourceFiles.Of;
import org.saminversion.inversion.importing.SourceFiles.Source;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.space.LatentSpace;

/** The generator of a new bundle with the statistics of its W. */
record GeneratorPart(ImportedGenerator imported, SafetensorsFile statistics) {
    private static final String GENERATOR = "generator.safetensors";
    static final String STATISTICS = "statistics.safetensors";
    /** The paper's deepest feature space. */
    private static final int LAYER_MAX = 10;
    /** Small generators get one more editable space than the paper's 512 pixels have. */
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
        return source.map(found -> {
            ImportedGenerator imported = GeneratorImporter.fromCheckpoint(
                    found.checkpoint(), found.path().toString());
            StyleGan2Weights weights = new StyleGan2Weights(
                    imported.tensors(), imported.architecture().convClamp());
            SafetensorsFile statistics = files.only(Checkpoint.StyleStatistics.class)
                    .map(given -> given(given, weights.wDimension()))
                    .orElseGet(() -> StyleStatistics.of(weights, choices.samples(), choices.seed(), choices.runtime()));
            return new GeneratorPart(imported, statistics);
        });
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

    GeneratorDescription description() {
        GeneratorArchitecture architecture = imported.architecture();
        return new GeneratorDescription(
                GENERATOR,
                architecture.resolution(),
                architecture.zDim(),
                architecture.wDim(),
                architecture.mappingLayers(),
                architecture.convClamp());
    }

    /** W+ and every second feature space; behind one of full size only the last colour layer would follow. */
    List<LatentSpace> candidates() {
        int resolution = imported.architecture().resolution();
        List<LatentSpace> spaces = new ArrayList<>(List.of(LatentSpace.W_PLUS));
        int first = resolution <= SMALL_RESOLUTION_MAX ? 2 : 4;
        for (int layer = first; layer <= LAYER_MAX; layer += 2) {
            LatentSpace space = new LatentSpace(layer);
            if (space.resolution() < resolution) {
                spaces.add(space);
            }
        }
        return spaces;
    }

    void write(StagingFolder staging) {
        imported.toSafetensors().write(staging.folder().resolve(GENERATOR));
        statistics.write(staging.folder().resolve(STATISTICS));
    }
}
