package org.saminversion.inversion.engine;

import java.util.Map;
import java.util.function.Function;
import org.saminversion.graph.Program;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.latent.LatentCheck;
import org.saminversion.inversion.latent.Latents;

/**
 * Renders latents with the noise maps and the generator that they may bring along. A tuned generator is compiled for one rendering:
 * every photograph has another one.
 */
final class LatentRendering implements AutoCloseable {
    private final BundleNetworks read;
    private final EngineInputs inputs;
    private final EnginePrograms programs;
    private final EnginePrograms withNoiseInputs;

    LatentRendering(BundleNetworks read, EngineInputs inputs, EnginePrograms programs) {
        this.read = read;
        this.inputs = inputs;
        this.programs = programs;
        this.withNoiseInputs = programs.with(read.withNoiseInputs());
    }

    /** [1,3,R,R]. @throws JobFailure.Rejected if noise maps or weights do not fit the generator */
    Tensor image(Latents latents) {
        return run(latents, EnginePrograms::rendering, inputs.rendering(latents));
    }

    /** The same with these style vectors for the edited path. */
    Tensor edited(Latents latents, Tensor wplus) {
        Map<String, Tensor> given = inputs.rendering(latents);
        given.put(EnginePrograms.EDITED, wplus);
        return run(latents, EnginePrograms::editing, given);
    }

    /** The same with offsets of the style space too, as {@link org.saminversion.inversion.network.StyleChannels} has them. */
    Tensor edited(Latents latents, Tensor wplus, Tensor styleOffsets) {
        Map<String, Tensor> given = inputs.rendering(latents);
        given.put(EnginePrograms.EDITED, wplus);
        given.put(EnginePrograms.STYLE_OFFSETS, styleOffsets);
        return run(latents, EnginePrograms::editingInStyleSpace, given);
    }

    private Tensor run(Latents latents, Function<EnginePrograms, Program> program, Map<String, Tensor> given) {
        requireNoiseFits(latents);
        if (latents.weightChanges().isEmpty()) {
            EnginePrograms own = latents.noise().isEmpty() ? programs : withNoiseInputs;
            return program.apply(own).run(given).get(EnginePrograms.IMAGE);
        }
        BundleNetworks tuned = read.tuned(latents.weightChanges());
        try (EnginePrograms own = programs.with(latents.noise().isEmpty() ? tuned : tuned.withNoiseInputs())) {
            return program.apply(own).run(given).get(EnginePrograms.IMAGE);
        }
    }

    private void requireNoiseFits(Latents latents) {
        if (latents.noise().isEmpty()) {
            return;
        }
        Map<String, Shape> expected = read.networks().generator().noiseInputs();
        boolean fits = expected.keySet().equals(latents.noise().keySet())
                && expected.entrySet().stream()
                        .allMatch(each ->
                                latents.noise().get(each.getKey()).shape().equals(each.getValue()));
        if (!fits) {
            throw new JobFailure.Rejected(
                    LatentCheck.KIND,
                    "these latents bring the noise maps " + latents.noise().keySet() + ", and the generator takes "
                            + expected);
        }
    }

    @Override
    public void close() {
        withNoiseInputs.close();
    }
}
