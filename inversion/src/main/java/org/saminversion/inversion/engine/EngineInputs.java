package org.saminversion.inversion.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.MaskResampling;
import org.saminversion.inversion.invertibility.MaskSet;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.objective.Formulation;
import org.saminversion.inversion.space.LatentSpace;

/** Turns what a job is given into the tensors that the programs take. */
record EngineInputs(InversionGraph.Networks networks, SortedSet<LatentSpace> spaces, Tensor meanOfW) {
    /** The mask of every feature space; zeros where the method does not use it. */
    SortedMap<LatentSpace, Tensor> masks(InversionMethod method, double tau, Optional<InvertibilityMap> map) {
        SortedMap<LatentSpace, Tensor> masks = new TreeMap<>();
        spaces.forEach(space -> masks.put(space, MaskSet.uniform(space, 0)));
        if (method instanceof InversionMethod.SingleSpace single) {
            if (single.space().isFeatureSpace()) {
                masks.put(single.space(), MaskSet.uniform(single.space(), 1));
            }
            return masks;
        }
        InvertibilityMap given =
                map.orElseThrow(() -> new IllegalArgumentException("the method sam needs an invertibility map"));
        ImageLayout layout = networks.layout();
        if (given.width() != layout.targetWidth() || given.height() != layout.targetHeight()) {
            throw new JobFailure.Rejected(
                    "map-invalid",
                    "the invertibility map has " + given.width() + " x " + given.height()
                            + " pixels; this bundle needs " + layout.targetWidth() + " x " + layout.targetHeight());
        }
        MaskResampling resampling =
                networks.formulation() == Formulation.PAPER ? MaskResampling.BILINEAR : MaskResampling.LANCZOS;
        masks.putAll(MaskSet.of(given.refine(tau), layout, resampling).masks());
        return masks;
    }

    /** Style vectors at the mean of W and deltas of zero, for a batch. */
    Map<String, Tensor> start(int batch) {
        return start(batch, spaces);
    }

    /** The same with the deltas of some spaces. */
    Map<String, Tensor> start(int batch, SortedSet<LatentSpace> some) {
        int layers = networks.generator().styles();
        int width = networks.generator().wDimension();
        float[] mean = meanOfW.toFloats();
        float[] wplus = new float[batch * layers * width];
        for (int row = 0; row < batch * layers; row++) {
            System.arraycopy(mean, 0, wplus, row * width, width);
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put(InversionGraph.WPLUS, Tensor.of(Shape.of(batch, layers, width), wplus));
        some.forEach(space -> values.put(InversionGraph.delta(space), Tensor.zeros(deltaShape(space, batch))));
        return values;
    }

    private Shape deltaShape(LatentSpace space, int batch) {
        int r = space.resolution();
        return Shape.of(batch, networks.generator().channels(r), r, r);
    }

    /** All that a rendering program takes from latents. */
    Map<String, Tensor> rendering(Latents latents) {
        Map<String, Tensor> inputs = new HashMap<>(latents.noise().isEmpty() ? noise(seed(latents)) : latents.noise());
        inputs.put(InversionGraph.WPLUS, latents.wplus());
        for (LatentSpace space : spaces) {
            boolean used = latents.deltas().containsKey(space);
            inputs.put(
                    InversionGraph.delta(space),
                    used ? latents.deltas().get(space) : Tensor.zeros(deltaShape(space, 1)));
            inputs.put(InversionGraph.mask(space), used ? latents.masks().get(space) : MaskSet.uniform(space, 0));
        }
        return inputs;
    }

    private static long seed(Latents latents) {
        return Long.parseLong(latents.provenance().getOrDefault("seed", "0"));
    }

    /** The noise maps of a seed, if the generator's noise is random; drawn once, the same for every step and edit. */
    Map<String, Tensor> noise(long seed) {
        Map<String, Tensor> noise = new LinkedHashMap<>();
        if (networks.noiseMode() == NoiseMode.RANDOM) {
            RandomGenerator random = new SplittableRandom(seed);
            networks.generator().noiseInputs().forEach((name, shape) -> {
                float[] values = new float[shape.elements()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                noise.put(name, Tensor.of(shape, values));
            });
        }
        return noise;
    }
}
